namespace Credence.Calibration.Scaling;

/// <summary>Ridge penalties on a scaling: λ‖b‖², λ‖w − 1‖², λ‖off-diagonal‖² added to the mean log loss.</summary>
/// <param name="Bias">Of the biases.</param>
/// <param name="Diagonal">Of each class's own scale, from 1.</param>
/// <param name="OffDiagonal">Of the weights between classes.</param>
internal readonly record struct ScalingPenalty(double Bias, double Diagonal, double OffDiagonal)
{
    /// <summary>None.</summary>
    public static readonly ScalingPenalty None;
}
