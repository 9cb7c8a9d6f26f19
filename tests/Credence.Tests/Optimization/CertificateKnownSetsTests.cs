using System.Globalization;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Tests.Support;

namespace Credence.Tests.Optimization;

/// <summary>The certificate on real sets: every bound it gives holds against a solution run to 1e-14.</summary>
public class CertificateKnownSetsTests
{
    [Theory]
    [InlineData("iris/iris.data", ',', 1e-3)]
    [InlineData("wine/wine.csv", ',', 1e-3)]
    [InlineData("breast_cancer/wdbc.data", ',', 1e-3)]
    [InlineData("optdigits/optdigits.tra", ',', 1e-3)]
    [InlineData("satimage/sat.trn", '\t', 1e-3)]
    [InlineData("trec/train_5500.label", ' ', 1e-4)]
    public void Certificates_Hold(string name, char separator, double l2)
    {
        string file = Repository.Data(name);
        Assert.SkipUnless(File.Exists(file), $"{name} is absent; set CREDENCE_DATA to the data folder.");
        DataSet rows = name.StartsWith("trec", StringComparison.Ordinal) ? Questions(file) : Table(file, separator);
        IFeatureMatrix x = FeaturePipeline.Fit(rows.Features).Apply(rows.Features);
        SoftmaxModel best = new SoftmaxRegression(new() { Lambda = l2, Tolerance = 1e-14 }).Fit(x, rows.Labels!);

        foreach (double tolerance in new[] { 1e-1, 1e-3, 1e-6 })
        {
            SoftmaxModel model = new SoftmaxRegression(new() { Lambda = l2, Tolerance = tolerance }).Fit(x, rows.Labels!);

            double factor = model.Certificate.LogitBoundFactor!.Value + best.Certificate.LogitBoundFactor!.Value;
            Assert.True(model.Certificate.DualityGap <= tolerance * model.Certificate.Objective);
            Assert.InRange(model.Certificate.Objective - best.Certificate.Objective, -1e-12, model.Certificate.DualityGap!.Value + 1e-12);
            Assert.InRange(TrainingData.Distance(model.Weights, best.Weights), 0, factor);
            Assert.True(LogitsApart(model, best, x, factor) <= 1, "A logit is further from the optimum's than its bound.");
        }
    }

    /// <summary>The largest distance of a score Wᵀx, without the bias, as a part of ‖x‖·factor.</summary>
    private static double LogitsApart(SoftmaxModel model, SoftmaxModel best, IFeatureMatrix x, double factor)
    {
        Logits a = model.Score(x), b = best.Score(x);
        double worst = 0;
        for (int i = 0; i < Math.Min(200, a.Rows); i++)
        {
            double square = 0;
            if (x is SparseMatrix sparse)
            {
                for (int e = sparse.Starts[i]; e < sparse.Starts[i + 1]; e++)
                    square += (double)sparse.Values[e] * sparse.Values[e];
            }
            else
            {
                foreach (float value in ((DenseMatrix)x).Row(i))
                    square += (double)value * value;
            }

            for (int k = 0; k < a.Classes; k++)
            {
                double apart = Math.Abs(a.Row(i)[k] - model.Bias[k] - (b.Row(i)[k] - best.Bias[k]));
                worst = Math.Max(worst, (apart - 1e-5) / (Math.Sqrt(square) * factor));
            }
        }

        return worst;
    }

    private static DataSet Table(string file, char separator)
    {
        string[][] lines = [.. File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#').Take(1500)
            .Select(line => line.Split(separator, StringSplitOptions.RemoveEmptyEntries))];
        bool isFirst = lines[0].Length == 32;
        int label = isFirst ? 1 : lines[0].Length - 1, columns = lines[0].Length - 1 - (isFirst ? 1 : 0);
        IColumn[] features = [.. Enumerable.Range(isFirst ? 2 : 0, columns).Select(j => new NumberColumn(
            $"x{j}", [.. lines.Select(line => double.Parse(line[j], CultureInfo.InvariantCulture))]))];
        return new DataSet(new Table(features, lines.Length),
            Labels.From(CategoryColumn.FromNames("y", [.. lines.Select(line => line[label])])));
    }

    private static DataSet Questions(string file)
    {
        string[] lines = [.. File.ReadLines(file, System.Text.Encoding.Latin1).Take(1500)];
        return new DataSet(
            new Table([TextColumn.FromStrings("text", [.. lines.Select(line => line[(line.IndexOf(' ') + 1)..])])], lines.Length),
            Labels.From(CategoryColumn.FromNames("y", [.. lines.Select(line => line[..line.IndexOf(':')])])));
    }
}
