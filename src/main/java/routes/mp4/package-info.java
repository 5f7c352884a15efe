/**
 * MP4 files as cameras write and players read them (ISO 14496-12), without any library: the tables of a recording are
 * read into columns of a few bytes per sample, and a clip is written from samples of several files.
 *
 * <p>The boxes and their readers. Written files have the same boxes:
 *
 * <pre>
 * ftyp
 * moov                  {@link routes.mp4.MoovLocator} locates it in a remote file, {@link routes.mp4.Movie} reads it
 *   mvhd                timescale of the movie
 *   trak                {@link routes.mp4.Track}, written by {@link routes.mp4.MoovWriter}
 *     tkhd              {@link routes.mp4.Matrix}: rotation of the picture
 *     edts/elst         {@code Edit}: presented parts of the track
 *     mdia
 *       mdhd            timescale of the track
 *       hdlr            video or audio
 *       minf
 *         vmhd | smhd, dinf/dref   (written only)
 *         stbl          {@link routes.mp4.Samples}, written by {@code TrackTables}
 *           stsd        {@link routes.mp4.SampleEntry}, one per sample entry
 *             avc1/avcC {@link routes.mp4.AvcConfig}, and in it {@link routes.mp4.Sps}
 *             avc1/pasp pixel aspect ratio
 *             mp4a/esds {@link routes.mp4.AacConfig}
 *           stts, ctts  decode and composition times: {@code TimingTables}
 *           stss        keyframes
 *           stsz, stsc, stco | co64   sample sizes and offsets: {@code SampleOffsetTables}
 *   mvex/trex           defaults of all fragments
 * moof/traf             {@code FragmentTables}: samples of movie fragments
 *   tfhd, tfdt, trun
 * mdat                  samples; NAL units of H.264: {@link routes.mp4.NalUnits}
 * </pre>
 *
 * <p>Every size and count of a file is checked against the file's own length before anything is allocated for it.
 */
package routes.mp4;
