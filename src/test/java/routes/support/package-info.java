/**
 * Support for tests and the local run: the embedded AWS ({@link routes.support.LocalCloud}), a camera and its API
 * ({@link routes.support.CameraSimulator}, {@link routes.support.CameraApi}), generated footage with a number in every
 * frame ({@link routes.support.Footage}) and the reader of the frames that a player shows ({@link
 * routes.support.FrameReader}). Nothing here needs Docker, a network or fonts.
 */
package routes.support;
