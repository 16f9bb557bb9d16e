using DaprSocial.Ctl.Testing;

namespace DaprSocial.Ctl.Tests.Testing;

public sealed class TestOptionsTests
{
    [Theory]
    [InlineData(false, null, "Category!=Full")]
    [InlineData(true, null, null)]
    [InlineData(true, "Paging", "FullyQualifiedName~Paging")]
    [InlineData(false, "Paging", "(FullyQualifiedName~Paging)&(Category!=Full)")]
    [InlineData(false, "Name=Cursor", "(Name=Cursor)&(Category!=Full)")]
    public void Expression_CombinesFilterAndCategory(bool full, string? filter, string? expected) =>
        Assert.Equal(expected, new TestOptions(full, filter).Expression());
}
