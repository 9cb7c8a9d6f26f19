using Credence.Data;

namespace Credence.Tests.Data;

public class AttemptTests
{
    [Fact]
    public void AValue_IsGivenAndMadeInto()
    {
        var attempt = new Attempt<Version, string>(new Version(1, 2));
        Assert.True(attempt.HasValue);
        Assert.Null(attempt.Refusal);
        Assert.Equal(new Version(1, 2), attempt.Required(reason => new InvalidDataException(reason)));
        Assert.Equal(new Uri("http://1.2"), attempt.Then(version => new Uri($"http://{version}")).Value);
    }

    [Fact]
    public void ARefusal_IsKeptAndThrown()
    {
        var attempt = new Attempt<Version, string>("too few rows");
        Assert.False(attempt.HasValue);
        Assert.Null(attempt.Value);
        Assert.Equal("too few rows", attempt.Then(version => new Uri($"http://{version}")).Refusal);
        Exception error = Assert.Throws<InvalidDataException>(() => attempt.Required(reason => new InvalidDataException(reason)));
        Assert.Equal("too few rows", error.Message);
    }

    [Fact]
    public void Neither_CannotBe()
    {
        Assert.Throws<ArgumentNullException>(() => new Attempt<Version, string>((Version)null!));
        Assert.Throws<ArgumentNullException>(() => new Attempt<Version, string>((string)null!));
    }
}
