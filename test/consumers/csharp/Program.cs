using System;

namespace Shop
{
    public static class Program
    {
        public static void Main(string[] args)
        {
            switch (args[0])
            {
                case "app":
                    ShopApp.Run();
                    break;
                case "bad-input":
                    BadInput.Run();
                    break;
                default:
                    throw new ArgumentException($"There is no program {args[0]}.");
            }
        }
    }
}
