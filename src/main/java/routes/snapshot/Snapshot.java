package routes.snapshot;

import routes.jobs.Job;

/**
 * The outcome of a request.
 *
 * @param picture null if the client has it
 * @param job null unless the picture is stored
 */
public record Snapshot(FrameSource source, JpegPicture picture, Job job) {}
