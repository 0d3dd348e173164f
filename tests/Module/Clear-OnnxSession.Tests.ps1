#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
}

Describe 'Clear-OnnxSession' {
    It 'closes the models and tables that are kept open' {
        $null = Clear-OnnxSession
        $null = Test-FoodWord salad

        Clear-OnnxSession -Verbose 4>&1 | Should -BeLike 'Closed 1 model and 1 vector table,*: 0 models and 0 vector *'
        Clear-OnnxSession -Verbose 4>&1 | Should -BeLike 'Closed 0 models and 0 vector tables,*'
        Test-FoodWord salad -Quiet | Should -BeTrue
    }

    It 'gives the memory back to the system' {
        $models = 1..6 | ForEach-Object {
            Copy-Item "$((Get-Module OnnxDeep).ModuleBase)/models/food-words.onnx" "TestDrive:/words$_.onnx" -PassThru
        }
        $null = Clear-OnnxSession
        $before = [Environment]::WorkingSet
        $null = $models | ForEach-Object { Test-FoodWord salad -Model $_.FullName }
        $open = [Environment]::WorkingSet

        $text = Clear-OnnxSession -Verbose 4>&1

        # Each takes 30 MB. Other memory of the process grows meanwhile.
        $open - $before | Should -BeGreaterThan 100MB
        $text | Should -BeLike 'Closed 6 models *'
        if ($IsLinux) {
            $open - [Environment]::WorkingSet | Should -BeGreaterThan (($open - $before) / 2)
        }
    }

    It 'finds only what the limits of the environment keep open' {
        $models = 1..4 | ForEach-Object {
            Copy-Item "$((Get-Module OnnxDeep).ModuleBase)/models/noise.onnx" "TestDrive:/noise$_.onnx" -PassThru
        }
        $null = Clear-OnnxSession
        $env:ONNXDEEP_CACHE_FILES = '2'
        try {
            $null = $models | ForEach-Object { Invoke-OnnxModel $_.FullName @{ features = 0.1, 0.2, 0.3 } }
            Clear-OnnxSession -Verbose 4>&1 | Should -BeLike 'Closed 2 models *'

            $env:ONNXDEEP_CACHE_FILES = 'many'
            { Test-FoodWord salad } | Should -Throw -ErrorId 'EnvironmentInvalid,*'
        }
        finally {
            $env:ONNXDEEP_CACHE_FILES = $null
        }
    }

    It 'lets models in use finish' {
        'salad', 'tea' | ForEach-Object { Clear-OnnxSession; $_ } | Test-FoodWord -BatchSize 1 -Quiet |
            Should -Be $true, $true
    }

    It 'may be called while other runspaces run the same model' {
        $answers = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module OnnxDeep
            foreach ($i in 1..5) {
                Test-FoodWord salad -Quiet
                Clear-OnnxSession
            }
        }

        $answers | Should -Be (, $true * 40)
        Clear-OnnxSession -Verbose 4>&1 | Should -BeLike '*: 0 models and 0 vector tables.'
    }
}
