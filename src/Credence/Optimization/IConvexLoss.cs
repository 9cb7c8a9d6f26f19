namespace Credence.Optimization;

/// <summary>A smooth convex function with what Newton's method needs of it.</summary>
internal interface IConvexLoss
{
    /// <summary>The number of parameters.</summary>
    int Length { get; }

    /// <summary>The value at a point, its gradient, and everything <see cref="HessianTimes"/> and <see cref="Precondition"/> need there.</summary>
    double Linearize(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>The value at a point; the point of the last <see cref="Linearize"/> stays what it was.</summary>
    double Value(ReadOnlySpan<double> point);

    /// <summary>The Hessian at the last point times a direction.</summary>
    void HessianTimes(ReadOnlySpan<double> direction, Span<double> result);

    /// <summary>Solves with a simple positive approximation of the Hessian at the last point.</summary>
    void Precondition(ReadOnlySpan<double> residual, Span<double> result);
}
