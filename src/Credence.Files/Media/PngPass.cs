namespace Credence.Files.Media;

/// <summary>One pass over a png's pixels.</summary>
/// <param name="X">The first column.</param>
/// <param name="Y">The first row.</param>
/// <param name="StepX">The step between columns.</param>
/// <param name="StepY">The step between rows.</param>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY)
{
    /// <summary>The number of its columns.</summary>
    public int Columns(PngHeader header) => (int)(((long)header.Width - X + StepX - 1) / StepX);

    /// <summary>The number of its rows.</summary>
    public int Rows(PngHeader header) => (int)(((long)header.Height - Y + StepY - 1) / StepY);
}
