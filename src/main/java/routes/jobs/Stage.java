package routes.jobs;

/** The stages of a job in order, with the progress that each one reaches. */
public enum Stage {
    OPENED(1),
    FOOTAGE_FOUND(5),
    FETCHED(40),
    BOUNDARIES_ENCODED(65),
    CUT(70),
    THUMBNAILS_MADE(80),
    STORED(95),
    DECIDED(97),
    PUBLISHED(99);

    private final int percent;

    Stage(int percent) {
        this.percent = percent;
    }

    public int percent() {
        return percent;
    }
}
