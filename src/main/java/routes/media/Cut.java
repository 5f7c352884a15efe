package routes.media;

import java.io.IOException;
import java.util.List;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** The cut, as the clip route calls it. */
@Component("cut")
public class Cut {
    private final Cutter cutter;

    Cut(Cutter cutter) {
        this.cutter = cutter;
    }

    public List<String> command(@Variable("sources") List<Source> sources, @Variable("workspace") Workspace workspace)
            throws IOException {
        return cutter.command(sources, workspace);
    }

    public void finish(@Variable("sources") List<Source> sources, @Variable("workspace") Workspace workspace)
            throws IOException {
        cutter.finish(sources, workspace);
    }
}
