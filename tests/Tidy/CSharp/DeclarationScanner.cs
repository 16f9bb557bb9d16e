namespace DaprSocial.Tidy.Tests.CSharp;

/// <summary>
/// Finds the types of a file and its members with bodies, by matching braces. It knows declarations by their shape, not
/// by a grammar: enough to measure, not to compile.
/// </summary>
internal sealed class DeclarationScanner
{
    private readonly string _code;
    private readonly Stack<Scope> _scopes = new();
    private readonly List<TypeDeclaration> _types = [];
    private readonly List<Member> _members = [];
    private int _headerStart;
    private int _depth;

    private DeclarationScanner(string code) => _code = code;

    public static Declarations Scan(string text)
    {
        var scanner = new DeclarationScanner(CodeText.OnlyCode(text));
        scanner._scopes.Push(new Scope(ScopeKind.Namespace, null));
        for (var i = 0; i < scanner._code.Length; i++)
            scanner.Step(i);
        return new Declarations(scanner._types, scanner._members);
    }

    private bool IsAmongDeclarations => _scopes.Peek().Kind is ScopeKind.Namespace or ScopeKind.Declarations;

    private void Step(int at)
    {
        switch (_code[at])
        {
            case '{':
                Open(at);
                break;
            case '}':
                Close(at);
                break;
            case '(' or '[' when IsAmongDeclarations:
                _depth++;
                break;
            case ')' or ']' when IsAmongDeclarations:
                _depth--;
                break;
            case ';' when IsAmongDeclarations && _depth == 0:
                EndStatement(at);
                break;
        }
    }

    private void Open(int at)
    {
        if (!IsAmongDeclarations || _depth > 0)
        {
            _scopes.Push(new Scope(ScopeKind.Expression, null));
            return;
        }

        var header = new Header(_code, _headerStart, at);
        if (header.IsNamespace)
        {
            _scopes.Push(new Scope(ScopeKind.Namespace, null));
        }
        else if (header.IsType)
        {
            AddType(header);
            _scopes.Push(new Scope(ScopeKind.Declarations, null));
        }
        else if (header.IsExpression)
        {
            _scopes.Push(new Scope(ScopeKind.Expression, null));
            return;
        }
        else
        {
            _scopes.Push(new Scope(header.IsMethod ? ScopeKind.Body : ScopeKind.Declarations, header));
        }

        _headerStart = at + 1;
    }

    private void Close(int at)
    {
        if (_scopes.Count == 1)
            return;
        var scope = _scopes.Pop();
        if (scope.Kind == ScopeKind.Expression)
            return;
        if (scope is { Kind: ScopeKind.Body, Header: { } header })
            AddMember(header, at);
        _headerStart = at + 1;
        _depth = 0;
    }

    private void EndStatement(int at)
    {
        var header = new Header(_code, _headerStart, at);
        if (header.IsType)
            AddType(header);
        else if (header.HasArrow)
            AddMember(header, at);
        _headerStart = at + 1;
    }

    private void AddType(Header header)
    {
        var isNested = _scopes.Any(scope => scope.Kind != ScopeKind.Namespace);
        _types.Add(new TypeDeclaration(header.Name, CodeText.LineAt(_code, header.Start), isNested));
    }

    private void AddMember(Header header, int end) => _members.Add(
        new Member(header.Name, CodeText.LineAt(_code, header.Start), CodeText.LineAt(_code, end)));

    private enum ScopeKind
    {
        Namespace,
        /// <summary>The inside of a type or of a property.</summary>
        Declarations,
        Body,
        Expression,
    }

    private sealed record Scope(ScopeKind Kind, Header? Header);
}
