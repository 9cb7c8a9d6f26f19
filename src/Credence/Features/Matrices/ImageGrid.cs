namespace Credence.Features.Matrices;

/// <summary>Where the features of pictures lie.</summary>
/// <param name="Height">Rows of a picture.</param>
/// <param name="Width">Columns of a picture.</param>
/// <param name="Channels">Values of a pixel.</param>
/// <param name="Kept">For each feature its place among height·width·channels values; the other values are the same in every training
/// picture.</param>
internal sealed record ImageGrid(int Height, int Width, int Channels, IReadOnlyList<int> Kept);
