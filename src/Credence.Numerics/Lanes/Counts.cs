namespace Credence.Numerics;

/// <summary>A compile-time count, so that the compiler removes unreachable code.</summary>
internal interface ICount
{
    /// <summary>The count.</summary>
    static abstract int Value { get; }
}

/// <summary>The counts in use.</summary>
internal static class Counts
{
    internal readonly struct One : ICount
    {
        public static int Value => 1;
    }

    internal readonly struct Two : ICount
    {
        public static int Value => 2;
    }

    internal readonly struct Three : ICount
    {
        public static int Value => 3;
    }

    internal readonly struct Four : ICount
    {
        public static int Value => 4;
    }

    internal readonly struct Five : ICount
    {
        public static int Value => 5;
    }

    internal readonly struct Six : ICount
    {
        public static int Value => 6;
    }

    internal readonly struct Eight : ICount
    {
        public static int Value => 8;
    }

    internal readonly struct Twelve : ICount
    {
        public static int Value => 12;
    }
}
