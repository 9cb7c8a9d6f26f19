using System.Globalization;
using Credence.Numerics;

namespace Credence.Cli.Tests.Support;

/// <summary>A folder with a small data set of three kinds of insects, drawn from a seed, and a model trained on it by the
/// command.</summary>
public sealed class Workshop : IDisposable
{
    public Workshop()
    {
        File.WriteAllText(Path("good.csv"), Rows(240));
        TrainJson = CommandLine.RunIn(Folder, "", "train", "good.csv", "--label", "kind", "--out", "model.credence", "--json").Output;
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("credence-").FullName;

    public string TrainJson { get; }

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>csv with a header: two numbers that tell the kinds apart, and a colour that helps a little.</summary>
    internal static string Rows(int count)
    {
        var rng = new Rng(7);
        string[] kinds = ["ant", "bee", "cicada"], colours = ["red", "green", "blue"];
        var lines = new List<string> { "length,colour,weight,kind" };
        for (int i = 0; i < count; i++)
        {
            int kind = i % 3;
            double length = (1.2 * kind) + rng.NextNormal(), weight = rng.NextNormal() - kind;
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"{length:0.000},{colours[(int)(rng.NextDouble() * (kind + 1))]},{weight:0.000},{kinds[kind]}"));
        }

        return string.Join('\n', lines) + "\n";
    }
}
