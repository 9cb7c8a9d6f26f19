using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

/// <summary>What bad input gets: an exit code, a line that says what is wrong, where, and what would be right; no stack trace, no output,
/// no file.</summary>
public sealed class CommandsBadInputTests(Workshop workshop) : IClassFixture<Workshop>
{
    private static readonly string Good = Workshop.Rows(60);

    public static TheoryData<string, string, int, string> Calls => new()
    {
        // The name of a file to write first and its content follow the arguments after a '|'.
        { "train nosuch.csv --label kind", "", 1, "'nosuch.csv' does not exist" },
        { "train good.csv", "", 2, "No column is named as the label." },
        { "train good.csv --label knd", "", 2, "Did you mean 'kind'?" },
        { "train good.csv --label 9", "", 2, "1 to 4, or −1 to −4" },
        { "train bad.csv --label kind", "", 1, "is empty" },
        { "train bad.csv --label kind", "a,kind\n1,x\n2,x\n3,x\n", 1, "All 3 rows have the label 'x'" },
        { "train bad.csv --label kind", "a,kind\n1,\n2,\n3,\n", 1, "None of the 3 rows has a label" },
        { "train bad.csv --label kind", Good + "inf,red,1,ant\n", 1, "bad.csv line 62, column 'length': 'inf' is not finite" },
        { "train bad.csv --label kind", Good
            + "?!,red,1,ant\n", 1, "bad.csv line 62, column 'length': '?!' is not a number. Give --missing ?! to read it as missing." },
        { "train bad.csv --label kind", Good + "1,red\n", 1, "bad.csv line 62 has 2 cells; 4 are needed" },
        { "train bad.csv --label kind", "a,kind\n\0\0,x\n", 1, "holds zero bytes" },
        { "train good.csv --label kind --out nodir/model.credence", "", 1, "does not exist" },
        { "train good.csv --label kind --report nodir/report.html", "", 1, "does not exist" },
        { "train good.csv --label kind --test-size 1.5", "", 2, "it must be from 0.001 to 0.999" },
        { "train good.csv --label kind --folds 1", "", 2, "it must be from 2 to 100" },
        { "train good.csv --label kind --seed -1", "", 2, "-1" },
        { "train good.csv --label kind --lable x", "", 2, "Did you mean --label?" },
        { "train good.csv --label kind --drop colr", "", 2, "Did you mean 'colour'?" },
        { "train good.csv --label kind --calibration platypus", "", 2, "There is no calibration method 'platypus'" },
        { "train good.csv --label kind --encoding klingon", "", 2, "'klingon' is not known" },
        { "train good.csv --label kind --header --no-header", "", 2, "contradict each other" },
        { "trian good.csv", "", 2, "Did you mean train?" },
        { "--bogus", "", 2, "'--bogus' is not an option of 'credence'" },
        { "predict bad.csv good.csv", "no model at all", 1, "This is not a model file" },
        { "predict model.credence bad.csv", "length,colour\n1,red\n", 1, "lacks column 'weight'" },
        { "predict model.credence good.csv --alpha 2", "", 2, "above 0 and below 1" },
        { "predict model.credence good.csv --coverage 1.5", "", 2, "from 0 to 1" },
        { "predict model.credence --row lenth=1", "", 2, "Did you mean 'length'?" },
        { "predict model.credence --row length=tall", "", 2, "'tall' for column 'length' is not a number" },
        { "predict model.credence", "", 2, "Nothing to predict" },
        { "predict model.credence good.csv --cost bad.csv", "ant,bee\n1,2\n", 1, "bad.csv" },
        { "evaluate model.credence", "", 2, "No rows to evaluate" },
        { "evaluate model.credence bad.csv --label kind", "length,colour,weight,kind\n1,red,1,wasp\n", 1,
            "'wasp', which is none of the model's 3 classes" },
        { "evaluate bad.csv", "a,b,label\n.3,.7,a\n", 2, "--input logits or --input probabilities" },
        { "evaluate bad.csv --input logits", "a,b\n1,2\n", 2, "no labels" },
        { "evaluate bad.csv --input logits", "a,b,label\n1,x,a\n1,2,b\n", 1, "bad.csv line 2, column 'b': 'x' is not a number" },
        { "evaluate bad.csv --input probabilities", "a,b,label\n.3,.67,a\n.5,.5,b\n", 1, "0.97" },
        { "evaluate bad.csv --input probabilities", "a,b,label\n-.3,1.3,a\n.5,.5,b\n", 1, "-0.3" },
        { "calibrate bad.csv --input logits --out x.txt", "a,b,label\n1,2,a\n", 2, "has an unknown extension" },
        { "calibrate bad.csv --input logits --fit-rows 5:1", "a,b,label\n1,2,a\n2,1,b\n", 2, "--fit-rows is '5:1'" },
        { "calibrate bad.csv --input logits --method platypus", "a,b,label\n1,2,a\n2,1,b\n", 2,
            "There is no calibration method 'platypus'" },
        { "calibrate bad.csv --input logits", "a,b,label\n1,2,a\n2,1,c\n", 1, "the label 'c' is not one of the 2 classes" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Call_IsRefusedWithWhatAndWhere(string arguments, string content, int exitCode, string said)
    {
        File.WriteAllText(workshop.Path("bad.csv"), content);
        string[] before = Directory.GetFileSystemEntries(workshop.Folder);
        byte[] model = File.ReadAllBytes(workshop.Path("model.credence"));

        CommandResult result = CommandLine.RunIn(workshop.Folder, "", arguments.Split(' '));

        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(workshop.Folder).Order());
        Assert.Equal(model, File.ReadAllBytes(workshop.Path("model.credence")));
    }
}
