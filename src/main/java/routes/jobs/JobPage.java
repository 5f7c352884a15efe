package routes.jobs;

import java.util.List;

/**
 * Some jobs of a list, the last asked first.
 *
 * @param next where the next page begins; null where there is none
 */
public record JobPage(List<Job> jobs, PageToken next) {}
