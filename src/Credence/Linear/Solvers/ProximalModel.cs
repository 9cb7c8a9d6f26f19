using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Linear.Solvers;

/// <summary>
/// The loss near W as ⟨G, D⟩ + ½⟨D, B·D⟩, and with the penalty its minimum over D: by descent along one weight after another, among those that are not 0 or
/// that the gradient would move from it. All others stay at exactly 0.
/// </summary>
internal sealed class ProximalModel
{
    private readonly int[] places;
    private readonly double[] w;
    private readonly double[] start;
    private readonly double[] g;
    private readonly double[] curvatures;
    private readonly double[] rows;
    private readonly double[] solved;
    private readonly double[] along;
    private readonly IQuadraticModel coupling;
    private readonly Penalty penalty;
    private readonly double scale;
    private readonly int stride;

    /// <summary>Stands at W.</summary>
    public ProximalModel(double[] weights, double[] gradient, Penalty penalty, IQuadraticModel coupling, StepMemory memory, int stride)
    {
        this.coupling = coupling;
        this.penalty = penalty;
        this.stride = stride;
        scale = memory.Scale;
        places = [.. Enumerable.Range(0, weights.Length).Where(i => weights[i] != 0 || Math.Abs(gradient[i]) > penalty.L1)];
        start = [.. places.Select(place => weights[place])];
        w = start.AsSpan().ToArray();
        g = [.. places.Select(place => gradient[place])];
        int columns = memory.Columns;
        along = new double[columns];
        rows = new double[checked(places.Length * columns)];
        solved = new double[rows.Length];
        curvatures = new double[places.Length];
        coupling.Clear();
        for (int a = 0; a < places.Length; a++)
        {
            Span<double> row = rows.AsSpan(a * columns, columns), inverse = solved.AsSpan(a * columns, columns);
            memory.Row(places[a], row, inverse);
            double own = scale * coupling.Curvature(places[a] / stride, places[a] % stride);
            curvatures[a] = Math.Max(own - Vectors.Dot<double>(row, inverse), Math.Max(1e-6 * own, 1e-300));
        }
    }

    /// <summary>How many weights may move.</summary>
    public int Active => places.Length;

    /// <summary>Descends until a sweep over the weights gains less than a part of what the first did.</summary>
    /// <param name="part">The part.</param>
    /// <param name="sweeps">The most sweeps.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Minimize(double part, int sweeps, CancellationToken cancellation)
    {
        double first = 0;
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            cancellation.ThrowIfCancellationRequested();
            double gained = Sweep();
            first = Math.Max(first, gained);
            if (!(gained > part * first))
                return;
        }
    }

    /// <summary>Writes D, and says by how much the model with the penalty falls along it, and its slope: ⟨G, D⟩ and what the penalty changes by.</summary>
    public (double Promised, double Slope) Direction(double[] d)
    {
        Array.Clear(d);
        double slope = 0, square = 0;
        int columns = along.Length;
        for (int a = 0; a < places.Length; a++)
        {
            double step = w[a] - start[a];
            d[places[a]] = step;
            slope += g[a] * step;
            if (step != 0)
                square += step * (scale * coupling.Slope(places[a] / stride, places[a] % stride) - Vectors.Dot<double>(solved.AsSpan(a * columns, columns), along));
        }

        slope += penalty.Value(w) - penalty.Value(start);
        return (-slope - square / 2, slope);
    }

    private double Sweep()
    {
        double gained = 0;
        int columns = along.Length;
        for (int a = 0; a < places.Length; a++)
        {
            int column = places[a] / stride, k = places[a] % stride;
            double here = g[a] + scale * coupling.Slope(column, k) - Vectors.Dot<double>(solved.AsSpan(a * columns, columns), along);
            double step = penalty.Minimum(w[a], here, curvatures[a]) - w[a];
            if (step == 0)
                continue;

            gained += (curvatures[a] + penalty.L2) * step * step;
            w[a] += step;
            coupling.Move(column, k, step);
            Vectors.AddScaled(step, rows.AsSpan(a * columns, columns), along);
        }

        return gained;
    }
}
