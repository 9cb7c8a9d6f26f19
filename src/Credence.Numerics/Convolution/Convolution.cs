using System.Numerics;

namespace Credence.Numerics;

/// <summary>Two-dimensional convolution of pictures whose channels are innermost, with its gradients.</summary>
/// <remarks>
/// The input is not copied to a matrix of patches: for one row of the kernel the values of a patch are contiguous, and the patches of
/// neighbouring pixels lie one pixel apart. So a product's tile reads them in place, from a copy of the picture that has zeros around it.
/// Filters are [kernel height, kernel width, channels, filters]. Sums run in the order of the terms with fused multiply-add; the bits do
/// not depend on the width of vectors.
/// </remarks>
internal static unsafe class Convolution
{
    /// <summary>Up to this many values, one row of a patch is too short for a tile: patches are copied.</summary>
    private const int ShortRun = 12;

    /// <summary>Copies a picture and surrounds it with zeros.</summary>
    /// <param name="x">[height, width, channels].</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="channels">The picture's channels: the input's, or, for gradients, the output's.</param>
    /// <param name="padded">At least <see cref="ConvolutionShape.Padded"/> values; overwritten.</param>
    public static void Pad<T>(ReadOnlySpan<T> x, ConvolutionShape shape, int channels, Span<T> padded)
        where T : unmanaged
    {
        int row = shape.Width * channels, left = shape.KernelWidth / 2 * channels, pitch = shape.PaddedWidth * channels;
        int top = shape.KernelHeight / 2;
        padded[..((top * pitch) + left)].Clear();
        for (int y = 0; y < shape.Height; y++)
        {
            Span<T> to = padded[(((top + y) * pitch) + left)..];
            x.Slice(y * row, row).CopyTo(to);
            to[row..pitch].Clear();
        }

        padded[(((top + shape.Height) * pitch) + left)..shape.Padded(channels)].Clear();
    }

    /// <summary>y = the convolution of a padded picture.</summary>
    /// <param name="padded">The picture, as <see cref="Pad"/> makes it.</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="filters">[terms, filters].</param>
    /// <param name="patches">[pixels, terms] of memory, needed where <see cref="NeedsPatches"/>.</param>
    /// <param name="y">[pixels, filters], overwritten.</param>
    public static void Forward<T>(
        ReadOnlySpan<T> padded, ConvolutionShape shape, PackedMatrix<T> filters, Span<T> patches, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape.AtLeast(padded.Length, shape.Padded(shape.Channels), nameof(padded));
        Shape.Exactly(y.Length, (long)shape.Pixels * shape.Filters, nameof(y));
        fixed (T* from = padded, to = y, copied = patches)
        {
            if (NeedsPatches(shape))
            {
                Copy(padded, shape, patches);
                filters.Multiply(new((nint)copied, shape.Terms, 1), new((nint)to, shape.Filters, 1), shape.Pixels);
                return;
            }

            int run = shape.KernelWidth * shape.Channels, pitch = shape.PaddedWidth * shape.Channels;
            for (int row = 0; row < shape.Height; row++)
            {
                var sums = new Strided<T>((nint)(to + (row * shape.Width * shape.Filters)), shape.Filters, 1);
                for (int k = 0; k < shape.KernelHeight; k++)
                {
                    var patch = new Strided<T>((nint)(from + ((row + k) * pitch)), shape.Channels, 1);
                    filters.Multiply(patch, sums, shape.Width, k > 0, k * run, run);
                }
            }
        }
    }

    /// <summary>Whether <see cref="Forward"/> needs memory for copies of patches.</summary>
    public static bool NeedsPatches(ConvolutionShape shape) => shape.KernelWidth * shape.Channels <= ShortRun;

    /// <summary>Packs filters so that <see cref="Forward"/> over the output's gradient gives the input's: turned by 180°, channels and
    /// filters exchanged.</summary>
    /// <param name="filters">[terms, filters].</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="turned">[kernel height·kernel width·filters, channels], overwritten.</param>
    public static void PackTurned<T>(ReadOnlySpan<T> filters, ConvolutionShape shape, PackedMatrix<T> turned)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int places = shape.KernelHeight * shape.KernelWidth, size = shape.Channels * shape.Filters;
        for (int place = 0; place < places; place++)
            turned.Pack(filters.Slice((places - 1 - place) * size, size), isTransposed: true, place * shape.Filters);
    }

    /// <summary>Adds the gradient in the filters: Σ over pixels of patch ⊗ output gradient.</summary>
    /// <param name="padded">The picture, as <see cref="Pad"/> makes it.</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="paddedGradient">The output's gradient, as <see cref="Pad"/> makes it with the output's channels.</param>
    /// <param name="gradient">[terms, filters].</param>
    /// <param name="accumulate">Whether it is added to or overwritten.</param>
    public static void AddFilterGradient<T>(
        ReadOnlySpan<T> padded, ConvolutionShape shape, ReadOnlySpan<T> paddedGradient, Span<T> gradient, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape.Exactly(gradient.Length, (long)shape.Terms * shape.Filters, nameof(gradient));
        int pitch = shape.PaddedWidth, run = shape.KernelWidth * shape.Channels;

        // The zeros beside each row of the gradient add nothing, so that all rows are one sum.
        int pixels = (shape.Height * pitch) - (shape.KernelWidth - 1);
        fixed (T* from = padded, output = paddedGradient, to = gradient)
        {
            T* first = output + (((shape.KernelHeight / 2 * pitch) + (shape.KernelWidth / 2)) * shape.Filters);
            for (int k = 0; k < shape.KernelHeight; k++)
            {
                var patches = new Strided<T>((nint)(from + (k * pitch * shape.Channels)), 1, shape.Channels);
                OuterSums.Add(
                    patches, first, shape.Filters, new Strided<T>((nint)(to + (k * run * shape.Filters)), shape.Filters, 1), run, pixels,
                    shape.Filters, accumulate);
            }
        }
    }

    private static void Copy<T>(ReadOnlySpan<T> padded, ConvolutionShape shape, Span<T> patches)
        where T : unmanaged
    {
        int run = shape.KernelWidth * shape.Channels, pitch = shape.PaddedWidth * shape.Channels;
        for (int y = 0; y < shape.Height; y++)
        {
            for (int x = 0; x < shape.Width; x++)
            {
                for (int k = 0; k < shape.KernelHeight; k++, patches = patches[run..])
                    padded.Slice(((y + k) * pitch) + (x * shape.Channels), run).CopyTo(patches);
            }
        }
    }
}
