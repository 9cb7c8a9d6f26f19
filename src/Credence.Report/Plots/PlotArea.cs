namespace Credence.Report.Plots;

/// <summary>The size of a drawing and the margins its axes need, in the drawing's own units.</summary>
/// <param name="Width">The width of the drawing.</param>
/// <param name="Height">The height of the drawing.</param>
/// <param name="Left">Margin that holds the vertical axis's numbers.</param>
/// <param name="Top">Margin that holds the vertical axis's name.</param>
/// <param name="Right">Margin, for a number that sticks out.</param>
/// <param name="Bottom">Margin that holds the horizontal axis's numbers and name.</param>
public sealed record PlotArea(double Width, double Height, double Left = 50, double Top = 30, double Right = 16, double Bottom = 48)
{
    /// <summary>The right edge of the plot.</summary>
    public double End => Width - Right;

    /// <summary>The lower edge of the plot.</summary>
    public double Floor => Height - Bottom;

    /// <summary>The drawing's viewBox.</summary>
    public string ViewBox => $"0 0 {Svg.Number(Width)} {Svg.Number(Height)}";

    /// <summary>A linear horizontal scale over the whole width.</summary>
    public PlotScale X(double from, double to) => PlotScale.Linear(from, to, Left, End);

    /// <summary>A linear vertical scale, upwards.</summary>
    public PlotScale Y(double from, double to) => PlotScale.Linear(from, to, Floor, Top);
}
