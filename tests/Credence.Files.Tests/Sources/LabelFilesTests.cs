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

    [Fact]
    public void NumbersThatMayCountFromOne_AreRefused_WithTheWayOut()
    {
        using var scratch = new Scratch();
        const string Rows = "x,label\n1,1\n2,2\n3,1\n";
        var options = new ReadOptions { Label = "label", LabelNames = scratch.Write("names.txt", "ant\nbee\ncicada\n") };

        string message = scratch.Refusal<InvalidDataException>("t.csv", Rows, options);
        Assert.Contains("put a line '-' above the first name", message, StringComparison.Ordinal);
        Assert.Contains("count from 1", scratch.Refusal<InvalidDataException>("t.csv", Rows + "4,3\n", options), StringComparison.Ordinal);

        options = options with { LabelNames = scratch.Write("names.txt", "-\nant\nbee\ncicada\n") };
        Assert.Equal(["ant", "bee", "ant"], scratch.Rows("t.csv", Rows, options).LabelNames());
        Assert.Equal(["ant", "bee", "ant", "cicada"], scratch.Rows("t.csv", Rows + "4,3\n", options).LabelNames());
    }
}
