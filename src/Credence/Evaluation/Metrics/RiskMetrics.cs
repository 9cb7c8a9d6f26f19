namespace Credence.Evaluation.Metrics;

/// <summary>The single-number summaries of the risk–coverage curve.</summary>
internal readonly record struct RiskMetrics(
    double Accuracy, double Aurc, double Augrc, double RiskAt50, double RiskAt80, double RiskAt90, double CoverageAt1, double CoverageAt5);
