namespace DaprSocial.Tidy.Tests.CSharp;

/// <summary>
/// Tells code from comments, literals and directives, so that a brace or a banned word in a string counts for nothing.
/// It understands verbatim, raw and interpolated strings, also nested ones; it does not judge whether source is valid.
/// </summary>
internal sealed class Lexer
{
    private readonly string _text;
    private readonly List<Segment> _segments = [];
    private int _at;

    private Lexer(string text) => _text = text;

    public static IReadOnlyList<Segment> Split(string text)
    {
        var lexer = new Lexer(text);
        lexer.ReadCode(inHole: false);
        return lexer._segments;
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private bool AtEnd => _at >= _text.Length;

    private void Emit(SegmentKind kind, int start)
    {
        if (_at > start)
            _segments.Add(new Segment(kind, start, _at));
    }

    /// <summary>Reads to the end of the text or, in a hole, to the brace or colon that ends the expression.</summary>
    private void ReadCode(bool inHole)
    {
        var start = _at;
        var depth = 0;
        while (!AtEnd)
        {
            if (inHole && depth == 0 && EndsHole())
                break;

            var read = ReaderOfSpecial(inHole);
            if (read is not null)
            {
                Emit(SegmentKind.Code, start);
                read();
                start = _at;
                continue;
            }

            depth += Peek() switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            _at += Peek() == ':' && Peek(1) == ':' ? 2 : 1;
        }

        _at = Math.Min(_at, _text.Length);
        Emit(SegmentKind.Code, start);
    }

    /// <summary>A colon outside brackets begins the format; two colons are an alias such as global::System.</summary>
    private bool EndsHole() => Peek() == '}' || (Peek() == ':' && Peek(1) != ':');

    private Action? ReaderOfSpecial(bool inHole) => Peek() switch
    {
        '/' when Peek(1) == '/' => () => ReadLine(SegmentKind.Comment),
        '/' when Peek(1) == '*' => ReadBlockComment,
        '#' when !inHole && IsFirstOnLine() => () => ReadLine(SegmentKind.Directive),
        '\'' => ReadCharacter,
        '"' => ReadString,
        '$' or '@' when BeginsString() => ReadString,
        _ => null,
    };

    private bool IsFirstOnLine()
    {
        var before = _at - 1;
        while (before >= 0 && _text[before] is ' ' or '\t')
            before--;
        return before < 0 || _text[before] == '\n';
    }

    private bool BeginsString()
    {
        var ahead = 0;
        while (Peek(ahead) is '$' or '@')
            ahead++;
        return Peek(ahead) == '"';
    }

    private void ReadLine(SegmentKind kind)
    {
        var start = _at;
        while (!AtEnd && Peek() != '\n')
            _at++;
        Emit(kind, start);
    }

    private void ReadBlockComment()
    {
        var start = _at;
        var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        _at = end < 0 ? _text.Length : end + 2;
        Emit(SegmentKind.Comment, start);
    }

    private void ReadCharacter()
    {
        var start = _at++;
        while (!AtEnd && Peek() is not ('\'' or '\n'))
            _at += Peek() == '\\' ? 2 : 1;
        _at = Math.Min(_at + 1, _text.Length);
        Emit(SegmentKind.Literal, start);
    }

    private void ReadString()
    {
        var start = _at;
        var dollars = 0;
        var verbatim = false;
        for (; Peek() is '$' or '@'; _at++)
        {
            if (Peek() == '$')
                dollars++;
            else
                verbatim = true;
        }

        var quotes = verbatim ? 1 : RunOf('"');
        if (quotes == 2)
        {
            _at += 2;
            Emit(SegmentKind.Literal, start);
            return;
        }

        _at += quotes;
        if (quotes >= 3)
            ReadRawRest(start, dollars, quotes);
        else
            ReadQuotedRest(start, dollars > 0, verbatim);
    }

    private int RunOf(char wanted)
    {
        var length = 0;
        while (Peek(length) == wanted)
            length++;
        return length;
    }

    private void ReadQuotedRest(int start, bool interpolated, bool verbatim)
    {
        var kind = interpolated ? SegmentKind.Interpolated : SegmentKind.Literal;
        while (!AtEnd)
        {
            var c = Peek();
            if (c == '"' && verbatim && Peek(1) == '"')
                _at += 2;
            else if (c == '"' || (c == '\n' && !verbatim))
                break;
            else if (c == '\\' && !verbatim)
                _at += 2;
            else if (c is '{' or '}' && interpolated && Peek(1) == c)
                _at += 2;
            else if (c == '{' && interpolated)
                start = ReadHole(start, braces: 1);
            else
                _at++;
        }

        _at = Math.Min(_at + 1, _text.Length);
        Emit(kind, start);
    }

    private void ReadRawRest(int start, int dollars, int quotes)
    {
        while (!AtEnd)
        {
            if (Peek() == '"')
            {
                var run = RunOf('"');
                _at += run;
                if (run >= quotes)
                    break;
            }
            else if (dollars > 0 && RunOf('{') >= dollars)
            {
                // Of more braces than needed the innermost open the hole; the outer ones are text.
                _at += RunOf('{') - dollars;
                start = ReadHole(start, dollars);
            }
            else
            {
                _at++;
            }
        }

        Emit(dollars > 0 ? SegmentKind.Interpolated : SegmentKind.Literal, start);
    }

    /// <summary>Reads a hole with its braces; answers where the text of the string goes on.</summary>
    private int ReadHole(int start, int braces)
    {
        _at += braces;
        Emit(SegmentKind.Interpolated, start);
        ReadCode(inHole: true);
        var end = _at;
        while (!AtEnd && Peek() != '}')
            _at++;
        _at = Math.Min(_at + braces, _text.Length);
        return end;
    }
}
