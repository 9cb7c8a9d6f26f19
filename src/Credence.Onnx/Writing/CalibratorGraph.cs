using System.Text.Json.Nodes;
using Credence.Calibration;
using Credence.Persistence;

namespace Credence.Onnx.Writing;

/// <summary>Writes a calibrator as nodes of a graph: from logits [rows, K] to calibrated probabilities, both double. It reads what the
/// calibrator saves, so that the graph and a model file hold the same numbers.</summary>
internal sealed class CalibratorGraph
{
    // Far below every logit that a float holds a probability of, and far from where a product with a scale overflows.
    private const double Impossible = -1e30, LeastLogProbability = -87.33654475055310, Tiny = 1e-300;

    private readonly GraphBuilder graph;
    private readonly NamedTensors tensors;

    private CalibratorGraph(GraphBuilder graph, NamedTensors tensors)
    {
        this.graph = graph;
        this.tensors = tensors;
    }

    /// <summary>Appends a calibrator.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="calibrator">The calibrator.</param>
    /// <param name="logits">The value that holds the logits.</param>
    /// <returns>The value that holds the probabilities.</returns>
    /// <exception cref="ArgumentException">A graph can't hold this calibrator.</exception>
    public static string Append(GraphBuilder graph, ICalibrator calibrator, string logits)
    {
        var tensors = new NamedTensors();
        JsonObject saved = calibrator.Save(tensors, "");
        string bounded = graph.AtLeast(logits, Impossible);
        return new CalibratorGraph(graph, tensors).Of(saved, "", graph.Subtract(bounded, graph.RowMax(bounded)));
    }

    /// <summary>From logits shifted by their maximum to probabilities.</summary>
    private string Of(JsonObject saved, string prefix, string z) => Text(saved, "kind") switch
    {
        "none" => graph.Softmax(z),
        "temperature" => graph.Softmax(graph.Multiply(z, graph.Constant(Number(saved, "beta")))),
        "bias-corrected-temperature" => graph.Softmax(Scaled(z, saved, prefix + "bias")),
        "probability-temperature" or "bias-corrected-probability-temperature" =>
            graph.Softmax(Scaled(graph.Softmax(z), saved, prefix + "bias")),
        "vector" or "structured-vector" => graph.Softmax(graph.Add(
            graph.Multiply(Start(saved, prefix, z, Impossible), Values(prefix + "scale")), Values(prefix + "bias"))),
        "matrix" or "dirichlet" or "structured-matrix" or "bias-corrected-matrix" => graph.Softmax(graph.Add(
            graph.Node("MatMul", Start(saved, prefix, z, LeastLogProbability), Transposed(prefix + "weight")), Values(prefix + "bias"))),
        "confidence" => Confidence(saved, prefix, z),
        "seen-classes" => Seen(saved, prefix, z),
        _ when saved["maps"] is JsonArray maps => new ScoreMapGraph(graph, tensors).Of(saved, maps, prefix, z, graph.Softmax(z)),
        string kind => throw new ArgumentException($"The calibration '{kind}' can't be written as ONNX. Choose another method."),
    };

    private string Scaled(string x, JsonObject saved, string bias) =>
        graph.Add(graph.Multiply(x, graph.Constant(Number(saved, "beta"))), Values(bias));

    /// <summary>The input of a vector or a matrix: ln p, or the logarithm of a scaled softmax mixed with the uniform
    /// distribution.</summary>
    private string Start(JsonObject saved, string prefix, string z, double least)
    {
        if (saved["start_beta"] is null)
            return graph.AtLeast(graph.Subtract(z, graph.Node("Log", graph.RowSum(graph.Node("Exp", z)))), least);

        double mixed = Number(saved, "start_mixed"), classes = Number(saved, "classes");
        string scaled = graph.Multiply(z, graph.Constant(Number(saved, "start_beta")));
        string p = graph.Softmax(graph.Add(scaled, Values(prefix + "start_bias")));
        return graph.Node("Log", graph.Affine(p, 1 - mixed, mixed / classes));
    }

    /// <summary>A curve of the largest probability; what it leaves is shared out in proportion, and no other class overtakes it.</summary>
    private string Confidence(JsonObject saved, string prefix, string z)
    {
        var first = (JsonObject)saved["first"]!;
        string p = Of(first, prefix + "first.", z);
        string isTop = graph.Marks(graph.RowTop(p), ClassesOf(first)), isOther = graph.Complement(isTop);
        string others = graph.Multiply(p, isOther);
        string largest = graph.RowSum(graph.Multiply(p, isTop)), second = graph.RowMax(others), rest = graph.RowSum(others);
        var map = (JsonObject)saved["map"]!;
        var maps = new ScoreMapGraph(graph, tensors);
        string odds = maps.Bounded(graph.Subtract(maps.Log(largest), maps.Log(rest)));
        string t = maps.Logistic(odds, [Number(map, "a")], [Number(map, "b")], [Number(map, "c")]);
        string yes = graph.Node("Sigmoid", t), no = graph.Node("Sigmoid", graph.Node("Neg", t));

        // Where the curve would put the largest below the second, both get the share that the second has of the rest.
        string total = graph.AtLeast(graph.Add(second, rest), Tiny);
        string overtaken = graph.Double(graph.Node("Less", graph.Multiply(yes, rest), graph.Multiply(second, no)));
        string own = Chosen(overtaken, graph.Divide(second, total), yes), left = Chosen(overtaken, graph.Divide(rest, total), no);
        string shared = graph.Multiply(graph.Divide(others, graph.AtLeast(rest, Tiny)), left);
        string changed = graph.Add(graph.Multiply(isTop, own), shared);
        return Chosen(graph.Double(graph.Node("Greater", rest, graph.Constant(0))), changed, p);
    }

    /// <summary>A calibrator of the classes that had rows; the others keep their softmax.</summary>
    private string Seen(JsonObject saved, string prefix, string z)
    {
        var first = (JsonObject)saved["first"]!;
        long[] seen = [.. ((JsonArray)saved["seen"]!).Select(k => (long)k!.GetValue<int>())];
        int classes = ClassesOf(saved);
        string own = graph.Columns(z, seen);
        string calibrated = Of(first, prefix + "first.", graph.Subtract(own, graph.RowMax(own)));
        string all = graph.Softmax(z);
        var spread = new double[seen.Length * classes];
        var isUnseen = new double[classes];
        Array.Fill(isUnseen, 1);
        for (int i = 0; i < seen.Length; i++)
        {
            spread[(i * classes) + seen[i]] = 1;
            isUnseen[seen[i]] = 0;
        }

        string left = graph.RowSum(graph.Columns(all, seen));
        string shared = graph.Node("MatMul", graph.Multiply(calibrated, left), graph.Constant(spread, seen.Length, classes));
        return graph.Add(graph.Multiply(all, graph.Constant(isUnseen)), shared);
    }

    /// <summary>a where the mark is 1, b where it is 0.</summary>
    private string Chosen(string mark, string a, string b) =>
        graph.Add(graph.Multiply(mark, a), graph.Multiply(graph.Complement(mark), b));

    private static int ClassesOf(JsonObject saved) => saved["classes"]?.GetValue<int>() ?? ClassesOf((JsonObject)saved["first"]!);

    private string Values(string name) => graph.Constant(tensors.Get<double>(name));

    private string Transposed(string name)
    {
        double[] values = tensors.Get<double>(name);
        int k = (int)Math.Sqrt(values.Length);
        var transposed = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            transposed[((i % k) * k) + (i / k)] = values[i];

        return graph.Constant(transposed, k, k);
    }

    private static double Number(JsonObject saved, string name) =>
        saved[name]!.GetValueKind() == System.Text.Json.JsonValueKind.Number && saved[name] is JsonValue value
            ? value.TryGetValue(out double number) ? number : value.GetValue<int>()
            : throw new ArgumentException($"The calibrator's '{name}' is no number.");

    private static string Text(JsonObject saved, string name) => saved[name]!.GetValue<string>();
}
