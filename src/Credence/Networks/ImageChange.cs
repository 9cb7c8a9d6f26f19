using Credence.Networks.Layers;
using Credence.Numerics;

namespace Credence.Networks;

/// <summary>Shifts pictures by up to a fourteenth of their side, and flips half of them where their classes allow it.</summary>
/// <param name="shape">The pictures' shape.</param>
/// <param name="mayFlip">Whether left and right may change places.</param>
internal sealed class ImageChange(LayerShape shape, bool mayFlip)
{
    [ThreadStatic]
    private static float[]? memory;

    /// <summary>Changes a picture. Pixels that come in from outside repeat the edge.</summary>
    public void Apply(Span<float> picture, Rng noise)
    {
        if (memory is null || memory.Length < picture.Length)
            memory = new float[picture.Length];

        picture.CopyTo(memory);
        int across = Math.Max(1, shape.Width / 14), down = Math.Max(1, shape.Height / 14), channels = shape.Channels;
        int dx = noise.NextInt((2 * across) + 1) - across, dy = noise.NextInt((2 * down) + 1) - down;
        bool flip = mayFlip && noise.NextInt(2) == 1;
        for (int y = 0; y < shape.Height; y++)
        {
            int fromY = Math.Clamp(y + dy, 0, shape.Height - 1);
            for (int x = 0; x < shape.Width; x++)
            {
                int fromX = Math.Clamp((flip ? shape.Width - 1 - x : x) + dx, 0, shape.Width - 1);
                int from = ((fromY * shape.Width) + fromX) * channels, to = ((y * shape.Width) + x) * channels;
                for (int c = 0; c < channels; c++)
                    picture[to + c] = memory[from + c];
            }
        }
    }
}
