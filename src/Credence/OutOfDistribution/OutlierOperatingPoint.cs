namespace Credence.OutOfDistribution;

/// <summary>A threshold of an outlier score, and what it does.</summary>
/// <param name="Threshold">A row that reaches it is turned away; +∞ turns none away.</param>
/// <param name="FalseAlarmRate">The share of in-distribution rows turned away.</param>
/// <param name="KnownAccuracy">The share of in-distribution rows classified rightly and not turned away.</param>
/// <param name="Recall">The share of out-of-distribution rows turned away.</param>
public sealed record OutlierOperatingPoint(double Threshold, double FalseAlarmRate, double KnownAccuracy, double Recall);
