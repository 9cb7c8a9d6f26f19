using System.Globalization;
using Credence.Numerics;

namespace Credence.Report.Plots;

/// <summary>Maps values of an axis to positions in the drawing, and finds round values to mark.</summary>
public sealed class PlotScale
{
    private readonly double start;
    private readonly double end;

    private PlotScale(double from, double to, double start, double end, bool logarithmic)
    {
        From = from;
        To = to;
        this.start = start;
        this.end = end;
        IsLogarithmic = logarithmic;
    }

    /// <summary>The value at the start of the axis.</summary>
    public double From { get; }

    /// <summary>The value at the end of the axis.</summary>
    public double To { get; }

    /// <summary>Whether the scale is logarithmic.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>A linear scale; an empty or undefined range is widened so that it can be drawn.</summary>
    /// <param name="from">The value drawn at <paramref name="start"/>.</param>
    /// <param name="to">The value drawn at <paramref name="end"/>.</param>
    /// <param name="start">Position of <paramref name="from"/>.</param>
    /// <param name="end">Position of <paramref name="to"/>; before the start for an axis that points up.</param>
    public static PlotScale Linear(double from, double to, double start, double end)
    {
        if (!double.IsFinite(from) || !double.IsFinite(to))
            (from, to) = (0, 1);

        if (!(to > from))
            to = from + Math.Max(double.Abs(from) * 0.1, 1e-6);

        return new(from, to, start, end, false);
    }

    /// <summary>A logarithmic scale.</summary>
    /// <param name="from">The value drawn at <paramref name="start"/>, above 0.</param>
    /// <param name="to">The value drawn at <paramref name="end"/>, above <paramref name="from"/>.</param>
    /// <param name="start">Position of <paramref name="from"/>.</param>
    /// <param name="end">Position of <paramref name="to"/>.</param>
    public static PlotScale Logarithmic(double from, double to, double start, double end)
    {
        if (!(from > 0) || !double.IsFinite(to))
            (from, to) = (1e-3, 1);

        if (!(to > from))
            (from, to) = (from / 3, from * 3);

        return new(from, to, start, end, true);
    }

    /// <summary>A linear scale that begins at 0 and ends at a round value at or above <paramref name="most"/>.</summary>
    public static PlotScale FromZero(double most, double start, double end)
    {
        double step = Step(most > 0 && double.IsFinite(most) ? most : 1, 4);
        return Linear(0, step * Math.Ceiling((most > 0 && double.IsFinite(most) ? most : 1) / step - 1e-9), start, end);
    }

    /// <summary>The position of a value; values outside are drawn at the nearer end.</summary>
    public double Map(double value)
    {
        double clamped = double.IsNaN(value) ? From : double.Clamp(value, From, To);
        double share = IsLogarithmic
            ? Log.Compute(clamped / From) / Log.Compute(To / From)
            : (clamped - From) / (To - From);
        return start + share * (end - start);
    }

    /// <summary>The position of a value, as written in SVG.</summary>
    public string At(double value) => Svg.Number(Map(value));

    /// <summary>About the given number of round values on the axis, written by <paramref name="write"/>.</summary>
    public IReadOnlyList<Tick> Ticks(int about, Func<double, string> write)
    {
        var ticks = new List<Tick>();
        if (IsLogarithmic)
        {
            for (int power = -12; power <= 12; power++)
            {
                double value = double.Parse("1e" + power.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
                if (value >= From * (1 - 1e-9) && value <= To * (1 + 1e-9))
                    ticks.Add(new(value, write(value)));
            }

            int every = (ticks.Count + about) / (about + 1);
            return every <= 1 ? ticks : [.. ticks.Where((_, i) => i % every == 0)];
        }

        double step = Step(To - From, about);
        for (double k = Math.Ceiling(From / step - 1e-9); k * step <= To + step * 1e-9; k++)
            ticks.Add(new(k * step, write(Math.Round(k * step, 12) + 0.0)));

        return ticks;
    }

    /// <summary>The round step (1, 2, 2.5 or 5 times a power of ten) that divides a span into about the given number of
    /// intervals.</summary>
    private static double Step(double span, int about)
    {
        double rough = span / Math.Max(1, about);
        double power = 1;
        while (power > rough)
            power /= 10;

        while (power * 10 <= rough)
            power *= 10;

        double ratio = rough / power;
        return power * (ratio <= 1.0001 ? 1 : ratio <= 2.0001 ? 2 : ratio <= 2.5001 ? 2.5 : ratio <= 5.0001 ? 5 : 10);
    }
}
