using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Credence.Cli.Tests.Support;
using Credence.Numerics;

namespace Credence.Cli.Tests.House;

/// <summary>A host of any culture trains, reads and predicts the same bytes. The command and the library's sample run here with the
/// cultures of the operating system switched on, as a host of the library may have them: Persian and Arabic ones have another minus,
/// decimal point and calendar, the Turkish one other letters.</summary>
public sealed class CulturesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("credence-cultures-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("fa_IR")]
    [InlineData("ar_SA")]
    public void TheCommand_WritesTheSameBytes(string culture)
    {
        File.WriteAllText(Path.Combine(folder, "rows.csv"), Rows());
        File.WriteAllText(Path.Combine(folder, "costs.csv"), ",pay,wait\n-1,2.5,-0.5\n1,0,1.25\n");
        string cli = Path.Combine(AppContext.BaseDirectory, "Credence.Cli.dll");
        byte[][] Run(string name)
        {
            string here = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
            foreach (string file in new[] { "rows.csv", "costs.csv" })
                File.Copy(Path.Combine(folder, file), Path.Combine(here, file));

            Host(here, name, cli, "train", "rows.csv", "--label", "-1", "--out", "m.credence");
            string predicted = Host(here, name, cli, "predict", "m.credence", "rows.csv", "--json", "--alpha", "0.2");
            string costs = Host(here, name, cli, "predict", "m.credence", "rows.csv", "--json", "--cost", "costs.csv");
            Host(here, name, cli, "predict", "m.credence", "rows.csv", "--out", "p.csv");
            return
            [
                Encoding.UTF8.GetBytes(predicted + costs), File.ReadAllBytes(Path.Combine(here, "m.credence")),
                File.ReadAllBytes(Path.Combine(here, "p.csv")),
            ];
        }

        // The screen follows the host's culture where the command's own settings don't hold, which shows that there is one.
        string[] steps = ["explain", "--logits", "2,1,0.1"];
        Assert.NotEqual(Host(folder, "C", cli, steps), Host(folder, culture, cli, steps));
        byte[][] plain = Run("C"), foreign = Run(culture);
        for (int i = 0; i < plain.Length; i++)
            Assert.Equal(plain[i], foreign[i]);
    }

    /// <summary>The sample formats its log loss by the host's culture, which shows that the host has one.</summary>
    [Theory]
    [InlineData("fa_IR", "0٫")]
    [InlineData("de_DE", "0,")]
    public void TheLibrary_WritesTheSameModel(string culture, string zero)
    {
        string data = Repository.Data("iris", "iris.data");
        Assert.SkipUnless(File.Exists(data), $"{data} is absent: set CREDENCE_DATA to the folder of data sets.");
        File.Copy(data, Path.Combine(folder, "iris.data"));
        string sample = Repository.Path("samples", "Credence.Samples.Readme", "bin", "Release", "net10.0", "Credence.Samples.Readme.dll");

        string plain = Host(folder, "C", sample);
        byte[] model = File.ReadAllBytes(Path.Combine(folder, "iris.credence"));
        string foreign = Host(folder, culture, sample);

        Assert.Contains($"log loss {zero}", foreign, StringComparison.Ordinal);
        Assert.Equal(model, File.ReadAllBytes(Path.Combine(folder, "iris.credence")));
        Assert.Equal(plain.Split('\n')[1], foreign.Split('\n')[1]);
    }

    /// <summary>Dates, numbers below 0 and with fractions, texts with an i: what cultures write differently.</summary>
    private static string Rows()
    {
        var rng = new Rng(5);
        IEnumerable<string> rows = Enumerable.Range(0, 160).Select(i =>
        {
            double amount = rng.NextNormal() - (i % 2);
            string text = $"{(i % 3 == 0 ? "INSTALMENT in time" : "İstanbul iş")} {i % 11}";
            return string.Create(CultureInfo.InvariantCulture,
                $"{amount:0.000},2024-0{1 + (i % 9)}-1{i % 7},{text},{(i % 2 == 0 ? 1 : -1)}");
        });
        return "amount,day,text,paid\n" + string.Join('\n', rows) + "\n";
    }

    /// <summary>Runs a program with the cultures of the operating system switched on.</summary>
    private static string Host(string folder, string culture, string program, params string[] arguments)
    {
        JsonNode config = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(program, ".runtimeconfig.json")))!;
        JsonObject properties = config["runtimeOptions"]!["configProperties"]!.AsObject();
        properties["System.Globalization.Invariant"] = false;
        properties["System.Globalization.PredefinedCulturesOnly"] = false;
        string own = Path.Combine(folder, "host.runtimeconfig.json");
        File.WriteAllText(own, config.ToJsonString());
        var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", own, program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string name in new[] { "LANG", "LC_ALL" })
            start.Environment[name] = $"{culture}.UTF-8";

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(error.Contains("ICU", StringComparison.Ordinal), "The operating system's cultures (ICU) are absent.");
        Assert.True(process.ExitCode == 0, error);
        return output.Result;
    }
}
