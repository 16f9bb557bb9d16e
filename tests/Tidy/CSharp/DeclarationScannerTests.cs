namespace DaprSocial.Tidy.Tests.CSharp;

public sealed class DeclarationScannerTests
{
    [Fact]
    public void Scan_Method_CountsFromSignatureToBrace()
    {
        var declarations = DeclarationScanner.Scan("""
            namespace N;

            class C
            {
                /// <summary>Not counted.</summary>
                [Fact]
                [InlineData("{", 1)]
                public async Task<List<(int A, string B)>> MAsync<T>(
                    T x, int y = 3)
                    where T : class, new()
                {
                    if (x is { }) { var s = "}"; }
                }

                int _after;
            }
            """);

        var member = Assert.Single(declarations.Members);
        Assert.Equal(("MAsync", 8, 13), (member.Name, member.FirstLine, member.LastLine));
        Assert.Equal(6, member.Lines);
    }

    [Theory]
    [InlineData("void M() { }", "M")]
    [InlineData("void M() => F();", "M")]
    [InlineData("int P => 1;", "P")]
    [InlineData("int P { get => 1; }", "get")]
    [InlineData("int P { get { return 1; } }", "get")]
    [InlineData("int P { get; private set { _p = value; } }", "set")]
    [InlineData("event Action E { add { } remove { } }", "add remove")]
    [InlineData("C(int a) : base(a) { }", "C")]
    [InlineData("static C() { }", "C")]
    [InlineData("~C() { }", "~C")]
    [InlineData("public static bool operator ==(C a, C b) { return true; }", "operator ==")]
    [InlineData("public static implicit operator int(C c) => 1;", "operator int")]
    [InlineData("Task I.M() { return x; }", "I.M")]
    [InlineData("Func<int, int> _f = (x) => x;", "_f")]
    [InlineData("int this[int i] { get { return i; } }", "get")]
    [InlineData("public (int A, int B) P { get { return (1, 2); } }", "get")]
    [InlineData("public static (int, int) M() { return (1, 2); }", "M")]
    [InlineData("public T M<T>(T a) where T : struct => a switch { 1 => 2, _ => 3 };", "M")]
    public void Scan_MemberWithBody_IsFound(string member, string names)
    {
        var declarations = DeclarationScanner.Scan($"class C {{ {member} }}");

        Assert.Equal(names.Split(' ').Length > 1 && names.StartsWith("operator", StringComparison.Ordinal)
            ? [names]
            : names.Split(' '), declarations.Members.Select(found => found.Name));
        Assert.Equal(["C"], declarations.Types.Select(type => type.Name));
    }

    [Theory]
    [InlineData("int _f = 1;")]
    [InlineData("List<int> _f = new() { 1, 2 };")]
    [InlineData("Func<int> _f = () => { return 1; };")]
    [InlineData("int P { get; set; }")]
    [InlineData("int P { get; } = 5;")]
    [InlineData("abstract void M();")]
    [InlineData("[Attribute(X = 1)] int _f;")]
    [InlineData("Dictionary<int, int> P { get; } = new() { [1] = 2 };")]
    public void Scan_MemberWithoutBody_IsNoMember(string member) =>
        Assert.All(DeclarationScanner.Scan($"class C {{ {member} }}").Members, found => Assert.Contains("=>", member));

    [Fact]
    public void Scan_AfterInitialiser_GoesOn()
    {
        var declarations = DeclarationScanner.Scan(
            "class C { int[] _a = new[] { 1 }; Func<int, int> _f = x => { return x; }; void M() { } }");

        Assert.Contains(declarations.Members, member => member.Name == "M");
    }

    [Theory]
    [InlineData("public sealed class C(int a) : B(a) { }", "C")]
    [InlineData("internal readonly record struct R<T>(T Value);", "R")]
    [InlineData("record R;", "R")]
    [InlineData("record class R { }", "R")]
    [InlineData("public enum E { A = 1, B }", "E")]
    [InlineData("public delegate Task<int> D<T, U>(T a, U b);", "D")]
    [InlineData("[Attribute] file interface I { }", "I")]
    [InlineData("namespace N { class C { } }", "C")]
    [InlineData("namespace N;\nclass C { }", "C")]
    [InlineData("using System;\nusing A = B.C;\n[assembly: X]\nclass C { }", "C")]
    public void Scan_TypeAtTop_IsNotNested(string text, string name)
    {
        var type = Assert.Single(DeclarationScanner.Scan(text).Types);

        Assert.Equal((name, false), (type.Name, type.IsNested));
    }

    [Fact]
    public void Scan_TypeInType_IsNested()
    {
        var types = DeclarationScanner
            .Scan("namespace N { class C { class D { } enum E { A } record F(int X); } }")
            .Types.Select(type => (type.Name, type.IsNested));

        Assert.Equal([("C", false), ("D", true), ("E", true), ("F", true)], types);
    }

    [Fact]
    public void Scan_TopLevelStatements_DeclareNothing()
    {
        var declarations = DeclarationScanner.Scan("""
            var app = Build();
            app.Map("/", () => { return 1; });
            if (app is null) { return 2; }
            await app.RunAsync();
            """);

        Assert.Empty(declarations.Types);
    }

    [Fact]
    public void Scan_LocalFunction_BelongsToItsMethod()
    {
        var declarations = DeclarationScanner.Scan("class C { void M() { int L() { return 1; } L(); } }");

        Assert.Equal("M", Assert.Single(declarations.Members).Name);
    }

    [Fact]
    public void Scan_TooManyBraces_DoesNotFail() => Assert.Empty(DeclarationScanner.Scan("} } ; }").Members);
}
