namespace DaprSocial.Tidy.Tests.Rules;

public sealed class InterpolatedSqlTests
{
    [Theory]
    [InlineData("var s = $\"select {x} from post\";")]
    [InlineData("var s = $\"Insert into post values ({x})\";")]
    [InlineData("var s = $\"update post set text = {x}\";")]
    [InlineData("var s = $\"update {table} set text = 1\";")]
    [InlineData("var s = $@\"  delete from post where id = {x}\";")]
    [InlineData("var s = $\"with a as (select {x}) select 1\";")]
    [InlineData("var s = $\"\"\"\n    select id\n    from {table}\n    \"\"\";")]
    [InlineData("Run($\"truncate {table}\");")]
    public void Check_StatementWithAHole_IsFound(string code) =>
        Assert.Single(InterpolatedSql.Check(new SourceFile("a.cs", code)));

    [Theory]
    [InlineData("const string S = \"select id from post where id = @id\";")]
    [InlineData("private const string S = $\"select {Columns} from post\";")]
    [InlineData("var s = $\"selected {x}\";")]
    [InlineData("var s = $\"{x} select \";")]
    [InlineData("var s = $\"update of {x} failed\";")]
    [InlineData("var s = $\"with {x} friends\";")]
    [InlineData("// $\"select {x}\"")]
    [InlineData("var s = \"$select \";")]
    public void Check_ConstantOrProse_FindsNothing(string code) =>
        Assert.Empty(InterpolatedSql.Check(new SourceFile("a.cs", code)));
}
