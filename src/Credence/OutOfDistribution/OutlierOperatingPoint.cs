namespace Credence.OutOfDistribution;

/// <summary>A threshold of an outlier score, and its rates.</summary>
/// <param name="Threshold">A row that reaches it is rejected; +∞ rejects none.</param>
/// <param name="FalseAlarmRate">The share of in-distribution rows rejected.</param>
/// <param name="KnownAccuracy">The share of in-distribution rows classified correctly and not rejected.</param>
/// <param name="Recall">The share of out-of-distribution rows rejected.</param>
public sealed record OutlierOperatingPoint(double Threshold, double FalseAlarmRate, double KnownAccuracy, double Recall);
