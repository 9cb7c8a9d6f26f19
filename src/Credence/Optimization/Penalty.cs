namespace Credence.Optimization;

/// <summary>
/// The elastic net λ₂/2·‖W‖² + λ₁·‖W‖₁ (H. Zou, T. Hastie, 2005) on weights [columns, stride], the first <c>classes</c> of each row in use.
/// </summary>
/// <param name="L2">λ₂ ≥ 0.</param>
/// <param name="L1">λ₁ ≥ 0; above 0, weights can be exactly 0.</param>
internal readonly record struct Penalty(double L2, double L1)
{
    /// <summary>Whether there is no penalty.</summary>
    public bool IsNone => L2 == 0 && L1 == 0;

    /// <summary>The penalty of W.</summary>
    public double Value(ReadOnlySpan<double> w)
    {
        double squares = 0, sizes = 0;
        foreach (double value in w)
        {
            squares += value * value;
            sizes += Math.Abs(value);
        }

        return L2 / 2 * squares + L1 * sizes;
    }

    /// <summary>argmin over v of g·(v − w) + h/2·(v − w)² + penalty(v): the proximal step of one weight, where the loss has slope g and
    /// curvature h > 0.</summary>
    public double Minimum(double w, double g, double h)
    {
        double pull = h * w - g;
        return Math.Abs(pull) <= L1 ? 0 : (pull - Math.CopySign(L1, pull)) / (h + L2);
    }

    /// <summary>The squared norm of the minimum-norm subgradient of loss + penalty at W, with g the loss's gradient: 0 only at the
    /// optimum.</summary>
    public double SubgradientSquare(ReadOnlySpan<double> w, ReadOnlySpan<double> g)
    {
        double sum = 0;
        for (int i = 0; i < w.Length; i++)
        {
            double least = Least(w[i], g[i]);
            sum += least * least;
        }

        return sum;
    }

    /// <summary>
    /// The duality gap at the dual point r = ∂loss/∂z, where the bias gradient is zero. With the conjugate of the penalty at v,
    /// Σ (|v| − λ₁)₊²/(2λ₂), and Fenchel's equality for the loss, the gap is Σ λ₂/2·w² + λ₁|w| + w·g + (|g| − λ₁)₊²/(2λ₂), g = Xᵀr;
    /// no term is negative. Requires λ₂ > 0.
    /// </summary>
    public double Gap(ReadOnlySpan<double> w, ReadOnlySpan<double> g)
    {
        double sum = 0;
        for (int i = 0; i < w.Length; i++)
        {
            double over = Math.Max(0, Math.Abs(g[i]) - L1);
            double size = Math.Abs(w[i]), apart = L2 * size - over;

            // The same as two non-negative terms, free of cancellation: the distance to the weight that the gradient implies, and the loss
            // from a wrong sign.
            sum += apart * apart / (2 * L2) + Math.Max(0, size * (over + L1) + w[i] * g[i]);
        }

        return sum;
    }

    /// <summary>The conjugate of the penalty at s·g: Σ (s|g| − λ₁)₊²/(2λ₂); without λ₂ it is 0 where no |s·g| exceeds λ₁, which the caller
    /// ensures.</summary>
    public double Conjugate(ReadOnlySpan<double> g, double s)
    {
        double sum = 0;
        foreach (double value in g)
        {
            double over = Math.Max(0, s * Math.Abs(value) - L1);
            sum += L2 > 0 ? over * over / (2 * L2) : 0;
        }

        return sum;
    }

    /// <summary>
    /// Shifts a feature's weights of all classes by the constant that minimises their penalty. The softmax is invariant to it, so the loss
    /// is unchanged.
    /// Without λ₂ the shift makes a median 0.
    /// </summary>
    public void Shift(Span<double> row)
    {
        Span<double> sorted = stackalloc double[Math.Min(row.Length, 512)];
        if (row.Length > sorted.Length)
            sorted = new double[row.Length];
        row.CopyTo(sorted);
        sorted.Sort();
        double sum = 0, sides = 0;
        int zeros = 0;
        foreach (double value in sorted)
        {
            sum += value;
            sides += Math.Sign(value);
            zeros += value == 0 ? 1 : 0;
        }

        if (Math.Abs(L2 * sum + L1 * sides) <= L1 * zeros)
            return;

        // The slope at −c, c a weight, excludes the kink of the weights equal to c; c is optimal where the kink spans 0. Between two
        // weights the slope is linear.
        double shift = 0;
        for (int below = 0, equal; below < sorted.Length; below += equal)
        {
            double c = sorted[below];
            for (equal = 1; below + equal < sorted.Length && sorted[below + equal] == c;)
                equal++;
            int above = sorted.Length - below - equal;
            double slope = L2 * (sum - c * sorted.Length) + L1 * (above - below);
            if (Math.Abs(slope) <= L1 * equal)
            {
                shift = c;
                break;
            }

            if (slope < 0)
            {
                // Past the optimum: it lies between this weight and the previous one.
                shift = (L2 * sum + L1 * (above + equal - below)) / (L2 * sorted.Length);
                break;
            }
        }

        if (shift == 0)
            return;

        foreach (ref double value in row)
            value -= shift;
    }

    private double Least(double w, double g) => w == 0
        ? Math.Max(0, Math.Abs(g) - L1)
        : g + L2 * w + Math.CopySign(L1, w);
}
