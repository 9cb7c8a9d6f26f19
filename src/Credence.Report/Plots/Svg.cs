using System.Globalization;
using System.Text;

namespace Credence.Report.Plots;

/// <summary>Numbers and paths in SVG's notation, whatever the culture.</summary>
public static class Svg
{
    /// <summary>A coordinate with at most two decimals.</summary>
    /// <exception cref="ArgumentException">It is not finite: SVG can't hold it.</exception>
    public static string Number(double coordinate) => double.IsFinite(coordinate)
        ? Math.Round(coordinate, 2).ToString("0.##", CultureInfo.InvariantCulture)
        : throw new ArgumentException($"'{nameof(coordinate)}' is {coordinate}; a drawing needs a finite number.", nameof(coordinate));

    /// <summary>A line through points given as positions.</summary>
    public static string Line(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach ((double x, double y) in points)
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Number(x)).Append(' ').Append(Number(y));

        return path.ToString();
    }

    /// <summary>The area between a lower and an upper line.</summary>
    public static string Area(IReadOnlyList<(double X, double Low, double High)> points) => points.Count == 0
        ? ""
        : Line([.. points.Select(p => (p.X, p.High)), .. points.Reverse().Select(p => (p.X, p.Low))]) + "Z";
}
