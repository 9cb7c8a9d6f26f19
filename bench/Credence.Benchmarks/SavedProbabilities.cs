using Credence.Data;
using Credence.Data.Scores;
using Credence.Files.Inputs;
using Credence.Files.Scores;

namespace Credence.Benchmarks;

/// <summary>The six files of published networks' probabilities that the reference figures are of.</summary>
internal static class SavedProbabilities
{
    /// <summary>Their names.</summary>
    public static readonly string[] Names =
        ["densenet-bc-100-cifar-100", "lenet-5-cifar-10", "lenet-5-cifar-100", "wideresnet-16-4-cifar-10", "wideresnet-16-4-cifar-100",
            "cifar_probs"];

    /// <summary>Reads one; probabilities of 0 count as the smallest float.</summary>
    public static (Probabilities Probabilities, Logits Logits, Labels Labels) Read(string name)
    {
        string file = Repository.Data(name == "cifar_probs" ? "calib_verified/cifar_probs.npz" : $"calib_netcal/{name}.npz");
        SavedScores scores = SavedScores.Read(file, new ReadOptions(), ScoreKind.Probabilities);
        Probabilities probabilities = scores.ToProbabilities();
        return (probabilities, Logits.FromProbabilities(probabilities, 1.1754943508222875e-38), scores.Labels!);
    }

    /// <summary>Rows from, to (excluded).</summary>
    public static int[] Rows(int from, int to) => [.. Enumerable.Range(from, to - from)];
}
