namespace Credence.Numerics;

/// <summary>The shape of a convolution with stride 1 whose output has the input's height and width: beyond its edges the input is 0. A
/// sequence has height 1.</summary>
/// <param name="Height">Rows of the input.</param>
/// <param name="Width">Columns of the input.</param>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Filters">Channels of the output.</param>
/// <param name="KernelHeight">Rows of a filter; odd.</param>
/// <param name="KernelWidth">Columns of a filter; odd.</param>
internal readonly record struct ConvolutionShape(int Height, int Width, int Channels, int Filters, int KernelHeight, int KernelWidth)
{
    /// <summary>Height·width.</summary>
    public int Pixels => Height * Width;

    /// <summary>The terms of one output: kernel height·kernel width·channels.</summary>
    public int Terms => KernelHeight * KernelWidth * Channels;

    /// <summary>The width with its zeros on both sides.</summary>
    public int PaddedWidth => Width + KernelWidth - 1;

    /// <summary>The height with its zeros above and below.</summary>
    public int PaddedHeight => Height + KernelHeight - 1;

    /// <summary>The values of one padded picture of some channels, with room to read a vector beyond.</summary>
    public int Padded(int channels) => (PaddedHeight * PaddedWidth * channels) + 64;

    /// <summary>Checks that all are positive and the kernel odd.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void Check()
    {
        if (Height < 1 || Width < 1 || Channels < 1 || Filters < 1 || KernelHeight % 2 != 1 || KernelWidth % 2 != 1 || KernelHeight < 1
            || KernelWidth < 1)
        {
            throw new ArgumentException(
                $"A convolution of {KernelHeight} × {KernelWidth} over {Height} × {Width} × {Channels} to {Filters} channels is "
                + "impossible: all must be positive, the filter's sides odd.");
        }
    }
}
