using DaprSocial.Search.Text;

namespace DaprSocial.Search.Tests;

public sealed class TextSpanTests
{
    [Fact]
    public void Merge_OverlappingAndTouching_AreOne() =>
        Assert.Equal(
            [new TextSpan(0, 5), new TextSpan(6, 8)],
            TextSpan.Merge([new(6, 8), new(2, 5), new(0, 3), new(6, 7), new(1, 2)]));
}
