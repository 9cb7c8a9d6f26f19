namespace Credence.Report.Plots;

/// <summary>The marks of a legend. Shape and line distinguish the marks; colour only repeats it.</summary>
public enum LegendMark
{
    /// <summary>Before calibration: a square on a dashed line.</summary>
    Before,

    /// <summary>After calibration: a disc on a solid line.</summary>
    After,

    /// <summary>A hollow disc: few rows.</summary>
    Thin,

    /// <summary>A shaded band.</summary>
    Band,

    /// <summary>A filled bar.</summary>
    Bar,

    /// <summary>The outline of bars, dashed.</summary>
    Outline,

    /// <summary>A ring around the selected point.</summary>
    Chosen,
}
