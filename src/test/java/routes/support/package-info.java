/**
 * What tests and the local run stand on: the embedded AWS ({@link routes.support.LocalCloud}), a camera and its API
 * ({@link routes.support.CameraSimulator}, {@link routes.support.CameraApi}), generated footage whose every frame is
 * numbered ({@link routes.support.Footage}) and the reader that tells which frames a player shows
 * ({@link routes.support.FrameReader}). Nothing here needs Docker, a network or fonts.
 */
package routes.support;
