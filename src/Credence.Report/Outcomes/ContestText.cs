using Credence.Models.Learning;
using Credence.Report.Formatting;

namespace Credence.Report.Outcomes;

/// <summary>The contest of models in a sentence.</summary>
public static class ContestText
{
    /// <summary>The winner, and every candidate's out-of-fold log loss; null where there was only one.</summary>
    public static string? Sentence(ClassifierFit fit) => fit.Candidates.Count < 2 ? null
        : $"{fit.Winner}; out-of-fold log loss: " + string.Join(", ", fit.Candidates.Select(candidate =>
            $"{candidate.Name} {NumberText.Figure(candidate.LogLoss)} ± {NumberText.Figure(candidate.StandardError)}"));
}
