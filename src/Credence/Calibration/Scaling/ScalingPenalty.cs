namespace Credence.Calibration.Scaling;

/// <summary>Ridge penalties on a scaling: λ‖b‖², λ‖w − 1‖², λ‖off-diagonal‖² added to the mean log loss.</summary>
/// <param name="Bias">The penalty on the biases.</param>
/// <param name="Diagonal">The penalty on each class's own scale, from 1.</param>
/// <param name="OffDiagonal">The penalty on the weights between classes.</param>
internal readonly record struct ScalingPenalty(double Bias, double Diagonal, double OffDiagonal)
{
    /// <summary>None.</summary>
    public static readonly ScalingPenalty None;
}
