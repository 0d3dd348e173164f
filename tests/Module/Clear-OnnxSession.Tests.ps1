#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
}

Describe 'Clear-OnnxSession' {
    It 'closes what is kept open' {
        $null = Test-FoodWord salad
        $null = Clear-OnnxSession -Verbose 4>&1

        Clear-OnnxSession -Verbose 4>&1 | Should -BeLike '*before: 0.*: 0.'
        Test-FoodWord salad -Quiet | Should -BeTrue
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
        Clear-OnnxSession -Verbose 4>&1 | Should -BeLike '*: 0.'
    }
}
