/**
 * MP4 files as cameras write and players read them (ISO 14496-12), without any library: the tables of a recording are
 * read into columns of a few bytes a sample, and a clip is written from samples that lie in several files.
 *
 * <p>What is read, and by whom; what is written is the same but for the boxes in brackets:
 *
 * <pre>
 * ftyp
 * moov                  {@link routes.mp4.MoovLocator} finds it in a far file, {@link routes.mp4.Movie} reads it
 *   mvhd                timescale of the movie
 *   trak                {@link routes.mp4.Track}, written by {@link routes.mp4.MoovWriter}
 *     tkhd              {@link routes.mp4.Matrix}: how the picture is turned
 *     edts/elst         {@code Edit}: which parts of the track are shown, and when
 *     mdia
 *       mdhd            timescale of the track
 *       hdlr            picture or sound
 *       minf
 *         vmhd | smhd, dinf/dref   (written only)
 *         stbl          {@link routes.mp4.Samples}, written by {@code TrackTables}
 *           stsd        {@link routes.mp4.SampleEntry}, one for each way in which samples are coded
 *             avc1/avcC {@link routes.mp4.AvcConfig}, and in it {@link routes.mp4.Sps}
 *             avc1/pasp shape of a pixel
 *             mp4a/esds {@link routes.mp4.AacConfig}
 *           stts, ctts  when samples are decoded and shown: {@code TimingTables}
 *           stss        keyframes
 *           stsz, stsc, stco | co64   where samples lie: {@code SampleOffsetTables}
 *   mvex/trex           what holds of the samples in all fragments
 * moof/traf             {@code FragmentTables}: samples that are listed behind the header
 *   tfhd, tfdt, trun
 * mdat                  samples; NAL units of H.264: {@link routes.mp4.NalUnits}
 * </pre>
 *
 * <p>Every size and count of a file is checked against the file's own length before anything is allocated for it.
 */
package routes.mp4;
