package routes.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the tracks of a movie from its header and its fragments. */
final class MovieReader {
    private final FileChannel channel;
    private final List<BoxHeader> children;
    private final Map<TrackHeader, ListedSamples> listed = new LinkedHashMap<>();

    /**
     * Keeps at most the raw tables of one track in memory.
     *
     * @param moov header of the box
     * @param kinds of tracks; the first of each is read
     */
    MovieReader(FileChannel channel, BoxHeader moov, Set<String> kinds) throws IOException, MalformedMp4Exception {
        this.channel = channel;
        this.children = moov.children(channel);
        for (BoxHeader child : children) {
            if (child.type().equals("trak") && listed.size() < kinds.size()) {
                Box trak = child.load(channel);
                String kind = TrackHeader.kind(trak);
                if (kinds.contains(kind)
                        && listed.keySet().stream().noneMatch(t -> t.kind().equals(kind))) {
                    Box mvhd = find("mvhd").orElseThrow(() -> new MalformedMp4Exception("box 'moov' has no 'mvhd'"));
                    TrackHeader header = TrackHeader.read(mvhd, trak);
                    listed.put(header, SampleTables.read(header, trak.need("mdia", "minf", "stbl"), channel.size()));
                }
            }
        }
    }

    private Optional<Box> find(String type) throws IOException, MalformedMp4Exception {
        for (BoxHeader child : children) {
            if (child.type().equals(type)) {
                return Optional.of(child.load(channel));
            }
        }
        return Optional.empty();
    }

    /** @return whether samples may be in fragments; some recorders omit {@code mvex} */
    boolean isFragmented() {
        return children.stream().anyMatch(child -> child.type().equals("mvex"))
                || listed.values().stream().allMatch(track -> track.samples().count() == 0);
    }

    List<Track> tracks() throws IOException, MalformedMp4Exception {
        Map<TrackHeader, ListedSamples> all =
                isFragmented() ? FragmentTables.read(channel, find("mvex"), listed) : listed;
        List<Track> tracks = new ArrayList<>();
        for (TrackHeader header : listed.keySet()) {
            ListedSamples own = all.get(header);
            boolean inFragments =
                    own.samples().count() > listed.get(header).samples().count();
            tracks.addAll(TrackParts.of(header, own, inFragments));
        }
        return tracks;
    }
}
