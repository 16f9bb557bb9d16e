using System.Buffers.Binary;
using DaprSocial.Media.Domain;
using DaprSocial.Media.V1;

namespace DaprSocial.Media.Content;

/// <summary>Walks the boxes of an MP4 file (ISO 14496-12) to its last byte.</summary>
/// <remarks>
/// Taken is one movie whose tracks are pictures and sound. Tracks of anything else are refused: cameras write where
/// they were into such, and their samples lie among the others'.
/// </remarks>
internal sealed class Mp4Inspector
{
    private const int BoxCountMax = 10_000;
    private const int HeadBytes = 8;

    // Boxes that hold boxes, each with those inside of it that are kept; whatever else is there is blanked.
    private static readonly Dictionary<string, string[]> _kept = new()
    {
        [""] = ["ftyp", "moov", "mdat"],
        ["moov"] = ["mvhd", "trak", "iods"],
        ["trak"] = ["tkhd", "edts", "mdia", "tref"],
        ["mdia"] = ["mdhd", "hdlr", "minf", "elng"],
        ["minf"] = ["vmhd", "smhd", "hdlr", "dinf", "stbl"],
        ["dinf"] = ["dref"],
        ["stbl"] =
        [
            "stsd", "stts", "ctts", "cslg", "stsc", "stsz", "stz2", "stco", "co64", "stss", "stsh", "stps", "sdtp",
            "sbgp", "sgpd", "subs", "saiz", "saio",
        ],
    };

    // Pieces of a movie that goes on elsewhere in the file, or is compressed.
    private static readonly string[] _fragmented = ["moof", "mvex", "styp", "sidx", "mfra", "cmov"];

    private readonly ContentReader _reader;
    private readonly List<long> _names = [];
    private readonly List<(long Start, long End)> _blanks = [];
    private readonly Dictionary<string, int> _counts = [];
    private (int Width, int Height) _picture;
    private (int Width, int Height) _track;
    private bool _hasPicture;
    private long _durationMs;
    private int _boxCount;

    private Mp4Inspector(ContentReader reader) => _reader = reader;

    public static InspectedContent Inspect(ContentReader reader) => Read(reader).Content;

    public static Mp4Structure Read(ContentReader reader)
    {
        var inspector = new Mp4Inspector(reader);
        inspector.WalkBoxes("", reader.Length);
        var counts = inspector._counts;
        if (counts.GetValueOrDefault("moov") != 1 || !counts.ContainsKey("mdat") || !counts.ContainsKey("mvhd"))
            throw MediaErrors.Damaged("it is not one whole movie");
        if (!inspector._hasPicture)
            throw MediaErrors.TypeUnknown("this is an MP4 without pictures");
        var (width, height) = inspector._picture;
        return new Mp4Structure(
            new InspectedContent(MediaType.Mp4, width, height, DurationMs: inspector._durationMs), inspector._names,
            inspector._blanks);
    }

    private void WalkBoxes(string parent, long end)
    {
        while (_reader.Position < end)
        {
            var start = _reader.Position;
            if (++_boxCount > BoxCountMax || end - start < HeadBytes)
                throw MediaErrors.Damaged("its boxes do not fit together");
            var (name, next) = ReadHead(start, end, isTop: parent.Length == 0);
            if (_fragmented.Contains(name))
                throw MediaErrors.TypeUnknown("this is an MP4 in fragments, or compressed");
            if (start == 0 && name != "ftyp")
                throw MediaErrors.TypeUnknown("this MP4 does not begin with its type");
            if (_kept[parent].Contains(name))
            {
                _counts[name] = _counts.GetValueOrDefault(name) + 1;
                ReadBox(name, next);
            }
            else
            {
                _names.Add(start + sizeof(uint));
                _blanks.Add((_reader.Position, next));
            }

            _reader.GoTo(next);
        }
    }

    private (string Name, long End) ReadHead(long start, long parentEnd, bool isTop)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        _reader.Read(head);
        long size = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (size == 1)
            size = (long)(((ulong)_reader.ReadUInt32() << 32) | _reader.ReadUInt32());
        else if (size == 0 && isTop)
            size = parentEnd - start;
        if (size < _reader.Position - start || size > parentEnd - start)
            throw MediaErrors.Damaged("a box ends behind what holds it");
        return (System.Text.Encoding.Latin1.GetString(head[4..]), start + size);
    }

    private void ReadBox(string name, long end)
    {
        switch (name)
        {
            case "trak":
                _track = default;
                WalkBoxes(name, end);
                break;
            case "moov" or "mdia" or "minf" or "dinf" or "stbl":
                WalkBoxes(name, end);
                break;
            case "mvhd":
                var (scale, duration) = ReadTimes(isTrack: false);
                _durationMs = scale == 0 || duration > long.MaxValue / 1000 ? 0 : duration * 1000 / scale;
                break;
            case "mdhd":
                ReadTimes(isTrack: false);
                break;
            case "tkhd":
                ReadTrack();
                break;
            case "hdlr":
                ReadHandler(end);
                break;
            case "dref":
                ReadReferences(end);
                break;
        }
    }

    /// <summary>Notes when it was made, to be blanked.</summary>
    private (long Scale, long Duration) ReadTimes(bool isTrack)
    {
        var isLong = ReadVersion() == 1;
        var start = _reader.Position;
        _reader.Skip(isLong ? 16 : 8);
        _blanks.Add((start, _reader.Position));
        long scale = _reader.ReadUInt32();
        if (isTrack)
            _reader.Skip(4);
        long duration = _reader.ReadUInt32();
        return (scale, isLong ? (duration << 32) | _reader.ReadUInt32() : duration);
    }

    private void ReadTrack()
    {
        ReadTimes(isTrack: true);
        // Reserved, layer, group and volume; then the matrix that turns the picture.
        _reader.Skip(16);
        Span<byte> matrix = stackalloc byte[36];
        _reader.Read(matrix);
        var isTurned = matrix[..4].IndexOfAnyExcept((byte)0) < 0 && matrix[16..20].IndexOfAnyExcept((byte)0) < 0;
        var (width, height) = ((int)(_reader.ReadUInt32() >> 16), (int)(_reader.ReadUInt32() >> 16));
        _track = isTurned ? (height, width) : (width, height);
    }

    private void ReadHandler(long end)
    {
        _reader.Skip(8);
        Span<byte> handler = stackalloc byte[4];
        _reader.Read(handler);
        var (isPicture, isSound) = (handler.SequenceEqual("vide"u8), handler.SequenceEqual("soun"u8));
        var isReference = handler.SequenceEqual("url "u8) || handler.SequenceEqual("alis"u8);
        if (!isPicture && !isSound && !isReference)
            throw MediaErrors.TypeUnknown("a track of this MP4 is neither pictures nor sound");
        _hasPicture |= isPicture;
        if (isPicture && (long)_track.Width * _track.Height > (long)_picture.Width * _picture.Height)
            _picture = _track;
        // Behind reserved bytes stands a name, in which devices say what they are.
        _reader.Skip(12);
        if (_reader.Position < end)
            _blanks.Add((_reader.Position, end));
    }

    /// <summary>A movie whose samples are in other files, or behind URLs, is none to be given to others.</summary>
    private void ReadReferences(long end)
    {
        ReadVersion();
        for (var count = _reader.ReadUInt32(); count > 0; count--)
        {
            var start = _reader.Position;
            var size = _reader.ReadUInt32();
            _reader.Skip(4);
            if (size < 12 || start + size > end)
                throw MediaErrors.Damaged("its references are no boxes");
            if ((_reader.ReadUInt32() & 1) == 0)
                throw MediaErrors.TypeUnknown("this MP4 has parts elsewhere");
            _reader.GoTo(start + size);
        }
    }

    private byte ReadVersion()
    {
        var version = _reader.ReadByte();
        _reader.Skip(3);
        return version;
    }
}
