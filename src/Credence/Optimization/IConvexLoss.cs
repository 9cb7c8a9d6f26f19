namespace Credence.Optimization;

/// <summary>A smooth convex function with the operations that Newton's method needs.</summary>
internal interface IConvexLoss
{
    /// <summary>The number of parameters.</summary>
    int Length { get; }

    /// <summary>The value and gradient at a point; prepares <see cref="HessianTimes"/> and <see cref="Precondition"/> there.</summary>
    double Linearize(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>The value at a point; does not change the point of the last <see cref="Linearize"/>.</summary>
    double Value(ReadOnlySpan<double> point);

    /// <summary>The Hessian at the last point times a direction.</summary>
    void HessianTimes(ReadOnlySpan<double> direction, Span<double> result);

    /// <summary>Applies the inverse of a simple positive definite approximation of the Hessian at the last point.</summary>
    void Precondition(ReadOnlySpan<double> residual, Span<double> result);
}
