using Credence.Files.Inputs;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Sources;

/// <summary>Files of labels as Python wrote them: tools/golden.</summary>
public class LabelFilesTests
{
    [Theory]
    [InlineData("lines.txt", null)]
    [InlineData("named.csv", null)]
    [InlineData("numbers.txt", "names.txt")]
    [InlineData("lines.txt", "names.txt")]
    public void EachRow_HasItsLabel(string labels, string? names)
    {
        var options = new ReadOptions
        {
            LabelsFile = Repository.Golden("tables", "labels", labels),
            LabelNames = names is null ? null : Repository.Golden("tables", "labels", names),
            Drop = ["label"],
        };

        Assert.Equal(KnownRows.Cells("label"), Golden.Read("tables/comma.csv", options).LabelNames());
    }

    [Fact]
    public void LabelsOfAnArray_AreNumbers_OrTheNamesTheyStandFor()
    {
        using var scratch = new Scratch();
        var options = new ReadOptions { LabelsFile = Repository.Golden("arrays", "labels-idx1-ubyte") };

        Assert.Equal(["7", "3"], Golden.Read("arrays/pictures-idx3-ubyte.gz", options).LabelNames());

        options = options with { LabelNames = scratch.Write("names.txt", "a\nb\nc\nd\ne\nf\ng\nh\n") };
        Assert.Equal(["h", "d"], Golden.Read("arrays/pictures-idx3-ubyte.gz", options).LabelNames());
    }
}
