using System.Globalization;
using System.Text;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Workflows.Tests.Support;

/// <summary>A temporary folder with small data sets, drawn from a seed.</summary>
public sealed class Workplace : IDisposable
{
    private const int Classes = 3;
    private static readonly string[] Names = ["ant", "bee", "cicada"];

    public string Folder { get; } = Directory.CreateTempSubdirectory("credence-workflows-").FullName;

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A file with the given content.</summary>
    public string Write(string name, string content)
    {
        File.WriteAllText(Path(name), content);
        return Path(name);
    }

    /// <summary>csv with a header: two numbers and the kind they tell, far apart where <paramref name="apart"/> is large.</summary>
    public string Insects(string name, int rows, double apart = 4, ulong seed = 7, Func<int, bool>? isUnlabelled = null)
    {
        var rng = new Rng(seed);
        var text = new StringBuilder("length,weight,kind\n");
        for (int i = 0; i < rows; i++)
        {
            int kind = i % Classes;
            double length = (apart * kind) + rng.NextNormal(), weight = rng.NextNormal() - (apart * kind);
            string label = isUnlabelled?.Invoke(i) == true ? "" : Names[kind];
            text.Append(CultureInfo.InvariantCulture, $"{length:0.000},{weight:0.000},{label}\n");
        }

        return Write(name, text.ToString());
    }

    /// <summary>csv of logits that are <paramref name="factor"/> times the right ones: labels are drawn from the softmax of the right
    /// ones.</summary>
    public string Logits(string name, int rows, double factor, ulong seed = 3, string head = "ant,bee,cicada,label")
    {
        var rng = new Rng(seed);
        var text = new StringBuilder(head + "\n");
        for (int i = 0; i < rows; i++)
        {
            double[] right = [1.5 * rng.NextNormal(), 1.5 * rng.NextNormal(), 1.5 * rng.NextNormal()], shares = new double[Classes];
            Softmax.ForwardRows(right, Classes, shares);
            double draw = rng.NextDouble();
            int label = draw < shares[0] ? 0 : draw < shares[0] + shares[1] ? 1 : 2;
            foreach (double logit in right)
                text.Append(CultureInfo.InvariantCulture, $"{factor * logit:0.000000},");

            text.Append(Names[label]).Append('\n');
        }

        return Write(name, text.ToString());
    }
}
