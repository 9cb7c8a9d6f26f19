using System.Text.Json.Nodes;
using Credence.Persistence;
using Type = Credence.Onnx.Format.TensorProto.Types.DataType;

namespace Credence.Onnx.Writing;

/// <summary>Writes maps of each class's score against the rest as nodes of a graph: all classes at once, so that their number does not
/// matter.</summary>
internal sealed class ScoreMapGraph
{
    private const double MostLogOdds = 87.33654475055310, Tiny = 1e-300;
    private readonly GraphBuilder graph;
    private readonly NamedTensors tensors;

    public ScoreMapGraph(GraphBuilder graph, NamedTensors tensors)
    {
        this.graph = graph;
        this.tensors = tensors;
    }

    /// <summary>Appends the maps, the scaling to sum to 1 and the share of the uniform distribution.</summary>
    /// <param name="saved">The calibrator as saved.</param>
    /// <param name="maps">Its maps: one for two classes, of the second; else one a class.</param>
    /// <param name="prefix">The prefix of its tensors.</param>
    /// <param name="z">Logits, [rows, K], shifted so that the largest is 0.</param>
    /// <param name="softmax">Their softmax.</param>
    /// <returns>Probabilities.</returns>
    public string Of(JsonObject saved, JsonArray maps, string prefix, string z, string softmax)
    {
        JsonObject[] all = [.. maps.Select(map => (JsonObject)map!)];
        int classes = saved["classes"]!.GetValue<int>();
        long[]? second = classes == 2 ? [1] : null;
        string p = second is null ? softmax : graph.Columns(softmax, second);
        string mapped = saved["kind"]!.GetValue<string>() switch
        {
            "platt" or "beta" => graph.Node("Sigmoid", Logistic(LogOdds(z, second), Of(all, "a"), Of(all, "b"), Of(all, "c"))),
            "sigmoid" => graph.Node("Sigmoid", graph.Add(
                graph.Multiply(Rounded(p), graph.Constant(Of(all, "a"))), graph.Constant(Of(all, "c")))),
            "venn-abers" => VennAbers(Rounded(p), all.Length, prefix),
            "isotonic" or "centred-isotonic" or "histogram" or "scaling-binning" => Knots(Rounded(p), all, prefix),
            string kind => throw new ArgumentException($"The calibration '{kind}' can't be written as ONNX. Choose another method."),
        };
        string scaled = classes == 2 ? graph.Beside(graph.Complement(mapped), mapped) : ToOne(mapped, softmax);
        double mixed = saved["mixed"]!.GetValue<double>();
        return mixed > 0 ? graph.Affine(scaled, 1 - mixed, mixed / classes) : scaled;
    }

    /// <summary>c + a·ln p − b·ln(1 − p) of log odds.</summary>
    public string Logistic(string odds, double[] a, double[] b, double[] c)
    {
        string yes = graph.Multiply(LogSigmoid(odds), graph.Constant(a));
        string no = graph.Multiply(LogSigmoid(graph.Node("Neg", odds)), graph.Constant(b));
        return graph.Add(graph.Subtract(yes, no), graph.Constant(c));
    }

    /// <summary>The logarithm, of 0 as of the least number.</summary>
    public string Log(string x) => graph.Node("Log", graph.AtLeast(x, Tiny));

    /// <summary>Log odds within those of the smallest float.</summary>
    public string Bounded(string odds) => graph.AtMost(graph.AtLeast(odds, -MostLogOdds), MostLogOdds);

    private string ToOne(string mapped, string softmax)
    {
        // Where every map gives 0 the softmax stays: it sums to one.
        string sum = graph.RowSum(mapped);
        string none = graph.Complement(graph.Double(graph.Node("Greater", sum, graph.Constant(0))));
        return graph.Divide(graph.Add(mapped, graph.Multiply(none, softmax)), graph.Add(sum, none));
    }

    /// <summary>Each class's log odds against the rest. The rest of the largest is summed without it, not subtracted.</summary>
    private string LogOdds(string z, long[]? columns)
    {
        string e = graph.Node("Exp", z);
        string isLess = graph.Double(graph.Node("Less", z, graph.Constant(0))), isTop = graph.Complement(isLess);
        string below = graph.RowSum(graph.Multiply(e, isLess));
        string ofTop = graph.Subtract(graph.Add(below, graph.RowSum(isTop)), graph.Constant(1));
        string ofOther = graph.Subtract(graph.RowSum(e), e);
        string rest = graph.Add(graph.Multiply(isTop, ofTop), graph.Multiply(isLess, ofOther));
        string odds = Bounded(graph.Subtract(z, Log(rest)));
        return columns is null ? odds : graph.Columns(odds, columns);
    }

    private string LogSigmoid(string x) => graph.Subtract(
        graph.AtMost(x, 0),
        graph.Node("Log", graph.Add(graph.Constant(1), graph.Node("Exp", graph.Node("Neg", graph.Node("Abs", x))))));

    private string Rounded(string p) => graph.Double(graph.Cast(p, Type.Float));

    /// <summary>Piecewise linear or constant maps, as the first value, the jumps passed and the parts of the slopes passed.</summary>
    private string Knots(string p, JsonObject[] maps, string prefix)
    {
        var jumps = new List<(double At, double Rise)>[maps.Length];
        var ramps = new List<(double From, double To, double Rise)>[maps.Length];
        var first = new double[maps.Length];
        for (int k = 0; k < maps.Length; k++)
        {
            double[] x = tensors.Get<double>($"{prefix}{k}.x"), y = tensors.Get<double>($"{prefix}{k}.y");
            bool steps = maps[k]["steps"]!.GetValue<bool>();
            (first[k], jumps[k], ramps[k]) = (y[0], [], []);
            for (int i = 1; i < x.Length; i++)
            {
                if (y[i] == y[i - 1])
                    continue;

                if (steps || x[i] == x[i - 1])
                    jumps[k].Add((x[i], y[i] - y[i - 1]));
                else
                    ramps[k].Add((x[i - 1], x[i], y[i] - y[i - 1]));
            }
        }

        string deep = graph.Deepened(p);
        string sum = graph.Constant(first);
        int most = jumps.Max(list => list.Count);
        if (most > 0)
        {
            string at = Padded(jumps, most, jump => jump.At, 2), rise = Padded(jumps, most, jump => jump.Rise, 0);
            sum = graph.Add(sum, graph.LastSum(graph.Multiply(Reached(deep, at), rise)));
        }

        most = ramps.Max(list => list.Count);
        if (most > 0)
        {
            string from = Padded(ramps, most, ramp => ramp.From, 0), width = Padded(ramps, most, ramp => ramp.To - ramp.From, 1);
            string rise = Padded(ramps, most, ramp => ramp.Rise, 0);
            string share = graph.AtMost(graph.AtLeast(graph.Divide(graph.Subtract(deep, from), width), 0), 1);
            sum = graph.Add(sum, graph.LastSum(graph.Multiply(share, rise)));
        }

        return graph.AtMost(graph.AtLeast(graph.Add(sum, graph.Multiply(p, graph.Constant(0))), 0), 1);
    }

    /// <summary>p₁/(1 − p₀ + p₁), where p₀ and p₁ jump at each fitted score and behind it.</summary>
    private string VennAbers(string p, int maps, string prefix)
    {
        var at = new List<(double At, double Reached, double Passed)>[maps];
        string[] sums = new string[2];
        string deep = graph.Deepened(p);
        for (int end = 0; end < 2; end++)
        {
            var first = new double[maps];
            for (int k = 0; k < maps; k++)
            {
                double[] scores = tensors.Get<double>($"{prefix}{k}.score");
                double[] values = tensors.Get<double>($"{prefix}{k}.{(end == 0 ? "low" : "high")}");
                first[k] = values[0];
                at[k] = [.. scores.Select((score, i) =>
                    (score, values[(2 * i) + 1] - values[2 * i], values[(2 * i) + 2] - values[(2 * i) + 1]))];
            }

            int most = at.Max(list => list.Count);
            string places = Padded(at, most, one => one.At, 2);
            string reached = graph.Multiply(Reached(deep, places), Padded(at, most, one => one.Reached, 0));
            string passed = graph.Multiply(
                graph.Double(graph.Node("Greater", deep, places)), Padded(at, most, one => one.Passed, 0));
            sums[end] = graph.Add(graph.Constant(first), graph.LastSum(graph.Add(reached, passed)));
        }

        return graph.Divide(sums[1], graph.Add(graph.Complement(sums[0]), sums[1]));
    }

    /// <summary>1 where a value is at least a place, else 0.</summary>
    private string Reached(string deep, string at) => graph.Complement(graph.Double(graph.Node("Less", deep, at)));

    private string Padded<T>(List<T>[] lists, int length, Func<T, double> value, double padding)
    {
        var values = new double[lists.Length * length];
        Array.Fill(values, padding);
        for (int k = 0; k < lists.Length; k++)
        {
            for (int i = 0; i < lists[k].Count; i++)
                values[(k * length) + i] = value(lists[k][i]);
        }

        return graph.Constant(values, lists.Length, length);
    }

    private static double[] Of(JsonObject[] maps, string name) => [.. maps.Select(map => map[name]!.GetValue<double>())];
}
