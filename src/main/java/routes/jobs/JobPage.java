package routes.jobs;

import java.util.List;

/**
 * One page of a list, newest first.
 *
 * @param next token of the next page; null on the last page
 */
public record JobPage(List<Job> jobs, PageToken next) {}
